// Everything here improves a page that already works: the server's HTML needs none of it.
import htmx from "htmx.org";
import { watchCharts } from "./charts";
import { watchCopies } from "./copy";
import { watchForms } from "./forms";
import { connectLive } from "./live";
import { watchPalette } from "./palette";
import { watchPush } from "./push";
import { localTimes, watchTimes } from "./times";

htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.selfRequestsOnly = true;
htmx.config.historyCacheSize = 0;
htmx.config.refreshOnHistoryMiss = true;
// A page of problems (422) is an answer to show beside the fields, not a failure to swallow.
htmx.config.responseHandling = [
  { code: "204", swap: false },
  { code: "[23]..", swap: true },
  { code: "422", swap: true },
  { code: "[45]..", swap: false, error: true },
];

document.documentElement.classList.add("js");
document.addEventListener("htmx:afterSwap", (event) => localTimes(event.target as Element));
// What somebody reads or zooms right now is not drawn anew under the hand, not even by what was asked before they began;
// nor is a page that has just been drawn: a slow phone has enough to do with it. The next news will do.
const freshFor = 20_000;
for (const step of ["htmx:beforeRequest", "htmx:beforeSwap"])
  document.addEventListener(step, (event) => {
    const place = event.target as Element;
    if (place.matches("[data-calm]") && (document.hidden || performance.now() < freshFor || place.querySelector("details[open], .hover, .zoom, :focus"))) event.preventDefault();
  });
watchTimes();
watchCopies();
watchForms();
watchPalette();
watchPush();
watchCharts();
connectLive(localTimes);
