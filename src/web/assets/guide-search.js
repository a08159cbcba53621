// Results while typing, under the search field. Without script the form asks for a page instead.
for (const form of document.querySelectorAll("form[data-instant]")) {
  const [input, hits] = [form.querySelector("input[type=search]"), form.querySelector("[data-hits]")];
  let asked = 0;
  let timer;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 120);
  });

  async function ask() {
    const mine = ++asked;
    const words = input.value.trim();
    if (words.length < 3) return show([]);
    const answer = await fetch(`${form.dataset.instant}?q=${encodeURIComponent(words)}`).catch(() => null);
    if (answer?.ok && mine === asked) show((await answer.json()).hits);
  }

  function show(found) {
    const list = document.createElement("ol");
    list.className = "hits";
    for (const { path, words } of found) {
      const link = document.createElement("a");
      link.href = path;
      link.textContent = words;
      list.append(document.createElement("li"));
      list.lastChild.append(link);
    }
    hits.replaceChildren(...(found.length > 0 ? [list] : []));
  }
}
