// Line icons, 18 px, drawn here so that no icon library is loaded. Always beside a text or an accessible name.
import type { ReactNode } from 'react';

function Icon({ children }: { children: ReactNode }) {
  return (
    <svg
      viewBox="0 0 24 24"
      width="18"
      height="18"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

const icon = (d: string) =>
  function Drawn() {
    return (
      <Icon>
        <path d={d} />
      </Icon>
    );
  };

export const Gear = icon(
  'M4 7h9m5 0h2M4 17h3m5 0h8M15.5 7m-2.5 0a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0M9.5 17m-2.5 0a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0',
);
export const Keys = icon(
  'M3 7a2 2 0 0 1 2-2h14a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2zM7 9.5h.01M11 9.5h.01M15 9.5h.01M17 13h.01M7 13h.01M9 16h6',
);
export const Pause = icon('M8.5 5v14M15.5 5v14');
export const Play = icon('M7 5l12 7-12 7z');
export const Stop = icon('M6 6h12v12H6z');
export const Cross = icon('M6 6l12 12M18 6L6 18');
export const Search = icon('M11 4a7 7 0 1 0 0 14a7 7 0 1 0 0-14M16.2 16.2L21 21');
export const Up = icon('M12 19V6M6 11l6-6 6 6');
export const Down = icon('M12 5v13M6 13l6 6 6-6');
export const Folder = icon('M3 7a2 2 0 0 1 2-2h4l2 2.5h8a2 2 0 0 1 2 2V17a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2z');
export const Files = icon('M14 3H7a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V8zM14 3v5h5');
export const Bin = icon('M4 7h16M9 7V4.5h6V7M6.5 7l1 12.5h9L17.5 7M10.5 11v5M13.5 11v5');
export const Warn = icon('M12 4L2.8 19.5h18.4zM12 10v4.5M12 17.2h.01');
export const Chip = icon('M7 7h10v10H7zM10.5 10.5h3v3h-3zM10 4v3M14 4v3M10 17v3M14 17v3M4 10h3M4 14h3M17 10h3M17 14h3');
