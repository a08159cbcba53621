// What the pages gain with script: files dropped or chosen go up one by one with real progress, and long work is
// followed as it goes. Everything works without it.

unfoldAgain();
for (const box of document.querySelectorAll("[data-drop]")) dropZone(box);
for (const box of document.querySelectorAll("[data-progress]")) follow(box);
for (const pane of document.querySelectorAll(".pane-page .sheet, .pane-page:not(:has(.detail))"))
  showMark(pane);

/** Brings the first marked words into sight inside what scrolls around them, without moving the page. */
function showMark(pane) {
  const mark = pane.querySelector(".mark, mark");
  if (!mark) return;
  const [at, around] = [mark.getBoundingClientRect(), pane.getBoundingClientRect()];
  if (at.top - around.top > pane.clientHeight * 0.7)
    pane.scrollTop += at.top - around.top - pane.clientHeight / 3;
  if (at.right - around.left > pane.clientWidth) pane.scrollLeft += at.left - around.left - 24;
}

/** Loads the page anew; what was unfolded, up to the last moment before, is unfolded again. */
function reload() {
  addEventListener("pagehide", () => {
    sessionStorage.setItem("unfolded", JSON.stringify([location.href, ...unfolded()]));
  });
  location.reload();
}

function unfoldAgain() {
  const [address, ...names] = JSON.parse(sessionStorage.getItem("unfolded") ?? "[]");
  sessionStorage.removeItem("unfolded");
  if (address !== location.href) return;
  for (const name of names) {
    const [place, at] = name.split(" ");
    const inside = document.getElementById(place)?.querySelectorAll("details");
    if (inside?.[at]) inside[at].open = true;
  }
}

/** What is unfolded, by the nearest thing with an id and the number within it: no words of the page are kept. */
function unfolded() {
  return [...document.querySelectorAll("[id] details[open]")].map((fold) => {
    const around = fold.parentElement.closest("[id]");
    return `${around.id} ${[...around.querySelectorAll("details")].indexOf(fold)}`;
  });
}

function dropZone(form) {
  const input = form.querySelector("input[type=file]");
  const list = form.querySelector("[data-list]");
  form.classList.add("with-script");
  form.querySelector("[data-send]").hidden = true;
  input.addEventListener("change", () => send([...input.files]));
  for (const kind of ["dragenter", "dragover"]) {
    form.addEventListener(kind, (event) => {
      event.preventDefault();
      form.classList.add("over");
    });
  }
  form.addEventListener("dragleave", (event) => {
    if (!form.contains(event.relatedTarget)) form.classList.remove("over");
  });
  form.addEventListener("drop", async (event) => {
    event.preventDefault();
    form.classList.remove("over");
    send(await filesOf(event.dataTransfer));
  });

  async function send(files) {
    let failed = false;
    input.disabled = true;
    for (const file of files) failed = !(await sendOne(form.action, file, line(list, file.name))) || failed;
    if (failed) {
      // Emptied, so that choosing the same file again is a choice.
      input.value = "";
      input.disabled = false;
    } else reload();
  }

  function line(into, name) {
    const item = document.createElement("li");
    const label = document.createElement("span");
    label.textContent = `${form.dataset.sending} ${name}`;
    const bar = document.createElement("progress");
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute("aria-label", name);
    item.append(label, bar);
    into.append(item);
    return {
      at: (part) => {
        bar.value = part;
      },
      fail: () => {
        label.textContent = `${form.dataset.failed} ${name}`;
        bar.remove();
        item.classList.add("failed");
      },
    };
  }
}

function sendOne(address, file, line) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", address);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) line.at(event.loaded / event.total);
    });
    const end = (good) => {
      if (!good) line.fail();
      resolve(good);
    };
    request.addEventListener("load", () => end(request.status < 300));
    request.addEventListener("error", () => end(false));
    const body = new FormData();
    body.append("papers", file, file.name);
    request.send(body);
  });
}

/** Files of a drop, those inside dropped folders too. */
async function filesOf(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (entries.length === 0) return [...transfer.files];
  const found = [];
  for (const entry of entries) await walk(entry, found);
  return found;
}

async function walk(entry, found) {
  if (entry.isFile) {
    found.push(await new Promise((resolve, reject) => entry.file(resolve, reject)));
    return;
  }
  const reader = entry.createReader();
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return;
    for (const inner of some) await walk(inner, found);
  }
}

function follow(box) {
  const text = box.querySelector("[data-doing]");
  const bar = box.querySelector("progress");
  const source = new EventSource(box.dataset.progress);
  source.addEventListener("message", (event) => {
    const step = JSON.parse(event.data);
    if (step.end) {
      source.close();
      // While somebody writes, the page stays; it says no longer that work is under way.
      if (document.querySelector("details.edit[open], details.judge[open] textarea:focus")) box.remove();
      else reload();
      return;
    }
    if (text.textContent !== step.text) text.textContent = step.text;
    if (step.total) {
      bar.max = step.total;
      bar.value = step.done;
    } else bar.removeAttribute("value");
  });
}

// What new words rest on is said while they are typed: asked after a pause, and when the field is left.
for (const form of document.querySelectorAll("form[data-check]")) checkWords(form);

function checkWords(form) {
  const place = form.querySelector("[data-checked]");
  let waiting = 0;
  let asked = "";
  let newest = 0;
  const ask = async () => {
    clearTimeout(waiting);
    const fields = new URLSearchParams(new FormData(form));
    const words = fields.toString();
    if (words === asked) return;
    asked = words;
    const number = ++newest;
    const answer = await fetch(form.dataset.check, { method: "POST", body: fields }).catch(() => null);
    // Without an answer nothing is said; saving checks again.
    const said = answer?.ok ? await answer.text() : "";
    if (number === newest && place.innerHTML !== said) place.innerHTML = said;
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 500);
  });
  form.addEventListener("focusout", (event) => event.target.matches("textarea") && waiting && ask());
}
