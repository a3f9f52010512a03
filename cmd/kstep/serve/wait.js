/* Asks how far the run is, and shows its page when it is done. */
"use strict";
(() => {
  const line = document.getElementById("progress");
  async function look() {
    try {
      const s = await (await fetch("/run/" + line.dataset.run + "/state")).json();
      if (s.done) return location.reload();
      line.textContent = s.started ? "The run is under way." : "Waiting; runs that come first: " + s.before + ".";
    } catch { line.textContent = "The server does not answer; trying again."; }
    setTimeout(look, 400);
  }
  look();
})();
