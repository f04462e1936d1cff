// Shows how far background work is while the page stays open. Without this file a link asks again.
const EVERY = 2000;
const parts = () => document.querySelectorAll("[data-follow]");
const look = async () => {
  if (!document.hidden) {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
    if (answer?.ok) {
      const now = new DOMParser().parseFromString(await answer.text(), "text/html");
      // What has ended has other buttons too; and a session that is over has another page.
      if (!now.querySelector("[data-under-way]")) return location.reload();
      for (const part of parts()) {
        const fresh = now.getElementById(part.id);
        if (fresh && fresh.innerHTML !== part.innerHTML) part.replaceChildren(...fresh.childNodes);
      }
    }
  }
  setTimeout(look, EVERY);
};
setTimeout(look, EVERY);
