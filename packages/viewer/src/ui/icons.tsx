import type { JSX } from "preact";

/** Lines of each icon on a field of 24 × 24. */
const LINES = {
  search: "M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM15.5 15.5 21 21",
  tree: "M5 4v14h4M5 9h4M12 9h8M12 18h8M8 4h12",
  layers: "M12 3 3 8l9 5 9-5zM3 12.5l9 5 9-5M3 17l9 5 9-5",
  plus: "M12 5v14M5 12h14",
  minus: "M5 12h14",
  fit: "M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M8.5 9.5h7v5h-7z",
  actual: "M5 8l3-2v12M19 18V6l-3 2M12 10v.01M12 15v.01",
  rotate: "M19 12a7 7 0 1 1-2.2-5.1M19 3v5h-5",
  fullscreen: "M14 4h6v6M20 4l-7 7M10 20H4v-6M4 20l7-7",
  overview: "M3 5h18v14H3zM12 12h6v4h-6z",
  previous: "M15 5l-7 7 7 7",
  next: "M9 5l7 7-7 7",
  ruler: "M3 15 15 3l6 6L9 21zM7 11l2 2M10 8l2 2M13 5l2 2",
  link: "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1",
  panels: "M3 4h18v16H3zM12 4v16M3 12h18",
  volume: "M12 2 3 7v10l9 5 9-5V7zM3 7l9 5 9-5M12 12v10",
  download: "M12 3v12M7 11l5 5 5-5M4 20h16",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  sun: "M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.5 1.5M17.5 17.5 19 19M19 5l-1.5 1.5M6.5 17.5 5 19",
  moon: "M20 14A8.5 8.5 0 0 1 10 4a8.5 8.5 0 1 0 10 10z",
  help: "M9 9a3 3 0 1 1 4 2.8c-.7.4-1 .9-1 1.7v.5M12 17.5v.01M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18z",
  close: "M6 6l12 12M18 6 6 18",
  menu: "M4 6h16M4 12h16M4 18h16",
  pin: "M12 21s7-6.2 7-11a7 7 0 1 0-14 0c0 4.8 7 11 7 11zM12 7.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5z",
  sliders: "M4 7h10M18 7h2M4 17h2M10 17h10M14 4v6M8 14v6",
  chevron: "M9 6l6 6-6 6",
  expand: "M7 9l5-5 5 5M7 15l5 5 5-5",
  collapse: "M7 4l5 5 5-5M7 20l5-5 5 5",
  film: "M3 5h18v14H3zM8 5v14M16 5v14",
  swipe: "M12 3v18M8 8l-4 4 4 4M16 8l4 4-4 4",
  eye: "M2 12s3.5-7 10-7 10 7 10 7-3.5 7-10 7-10-7-10-7zM12 9a3 3 0 1 1 0 6 3 3 0 0 1 0-6z",
  keyboard: "M3 6h18v12H3zM7 10v.01M11 10v.01M15 10v.01M18 10v.01M7 14v.01M18 14v.01M10 14h5",
  brain: "M12 5c-4-3-9 1-8 6-2 3 0 8 5 8 1 1 3 1 3-1zM12 5c4-3 9 1 8 6 2 3 0 8-5 8-1 1-3 1-3-1z",
} as const;

/** Name of an icon. */
export type IconName = keyof typeof LINES;

/** A small picture beside or in place of words; it has no name of its own, so that its button has to. */
export function Icon({ name }: { name: IconName }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path
        d={LINES[name]}
        fill="none"
        stroke="currentColor"
        stroke-width="1.8"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
