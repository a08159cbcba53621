// What the physician's pages gain with script: a page that opens at its marked words, and a place to draw one's name
// with finger, pen or mouse. Without script, or without drawing, the typed name signs.

for (const fold of document.querySelectorAll(".evidence-page"))
  fold.addEventListener("toggle", () => fold.open && showMark(fold.querySelector(".sheet")));
for (const box of document.querySelectorAll("[data-draw]")) drawingPad(box);

function drawingPad(box) {
  const canvas = box.querySelector("canvas");
  const field = box.querySelector("input[name=drawn]");
  const pen = canvas.getContext("2d");
  // A drawn name signs by itself.
  const typed = box.closest("form").querySelector("[name=typed]");
  let drawn = false;
  box.hidden = false;
  blank();

  function blank() {
    pen.fillStyle = "#ffffff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.strokeStyle = "#10203a";
    pen.lineWidth = 3;
    pen.lineCap = "round";
    pen.lineJoin = "round";
    drawn = false;
    field.value = "";
    typed.required = true;
  }
  const at = (event) => {
    const around = canvas.getBoundingClientRect();
    return [
      ((event.clientX - around.left) / around.width) * canvas.width,
      ((event.clientY - around.top) / around.height) * canvas.height,
    ];
  };
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    pen.beginPath();
    pen.moveTo(...at(event));
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!canvas.hasPointerCapture(event.pointerId)) return;
    pen.lineTo(...at(event));
    pen.stroke();
    drawn = true;
    typed.required = false;
  });
  box.querySelector("[data-clear]").addEventListener("click", blank);
  box.closest("form").addEventListener("submit", () => {
    field.value = drawn ? canvas.toDataURL("image/png") : "";
  });
}

/** Brings the first marked words into sight inside the page, without moving the screen. */
function showMark(sheet) {
  const mark = sheet?.querySelector(".mark, mark");
  if (!mark) return;
  const [at, around] = [mark.getBoundingClientRect(), sheet.getBoundingClientRect()];
  sheet.scrollTop += at.top - around.top - sheet.clientHeight / 3;
  sheet.scrollLeft += at.left - around.left - 24;
}
