(() => {
  "use strict";
  const panel = document.getElementById("panel");
  const heading = panel.querySelector("h2");
  const holder = panel.querySelector(".panel-page");
  let opener = null;

  const close = () => {
    panel.hidden = true;
    document.body.classList.remove("with-panel");
    holder.replaceChildren();
    if (opener) opener.focus();
    opener = null;
  };

  const open = (link, figure) => {
    const sentence = link.closest("[data-marks]");
    const wanted = new Set((sentence ? sentence.dataset.marks : "").split(" ").filter(Boolean));
    const sheet = figure.querySelector(".sheet").cloneNode(true);
    const marks = [...sheet.querySelectorAll(".mark")];
    const chosen = marks.filter((mark) => wanted.has(mark.dataset.mark));
    for (const mark of chosen) mark.classList.add("on");
    if (chosen.length) sheet.classList.add("chosen");
    heading.textContent = figure.querySelector("figcaption").textContent;
    holder.replaceChildren(sheet);
    panel.hidden = false;
    document.body.classList.add("with-panel");
    opener = link;
    heading.focus({ preventScroll: true });
    const first = chosen[0] || marks[0];
    if (first) first.scrollIntoView({ block: "center" });
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-page]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const figure = document.getElementById(link.hash.slice(1));
    if (!figure) return;
    event.preventDefault();
    open(link, figure);
  });
  panel.querySelector(".close").addEventListener("click", close);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !panel.hidden) close();
  });
  const unfold = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (target && target.tagName === "DETAILS") target.open = true;
  };
  addEventListener("hashchange", unfold);
  unfold();
})();
