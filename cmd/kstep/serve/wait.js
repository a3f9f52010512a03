/* Asks how far the run is, and shows its page when it is done. */
"use strict";
(() => {
  const line = document.getElementById("progress"), seconds = document.getElementById("seconds");
  const say = (text) => { if (line.textContent !== text) line.textContent = text; }; // said aloud once, not at every look
  async function look() {
    try {
      const s = await (await fetch("/run/" + line.dataset.run + "/state")).json();
      if (s.done) return location.reload();
      say(s.started ? "The run is under way." : "Waiting; runs of others that come first: " + s.before + ".");
      seconds.textContent = s.seconds + " s";
    } catch { say("The server does not answer; trying again."); }
    setTimeout(look, 400);
  }
  look();
})();
