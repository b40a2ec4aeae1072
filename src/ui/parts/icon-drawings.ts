/** Line drawings as path text, in a box of 24 units. */
export type IconName =
  'contribute' | 'receipts' | 'verify' | 'about' | 'stop' | 'out' | 'lock' | 'save' | 'alert' | 'wait' | 'info' | 'key' | 'no' | 'open';

export const drawings: Readonly<Record<IconName, string>> = {
  contribute: 'M6 6h12v12H6zM10 10h4v4h-4zM9 6V3M15 6V3M9 21v-3M15 21v-3M6 9H3M6 15H3M21 9h-3M21 15h-3',
  receipts: 'M6 3h12v18l-3-2-3 2-3-2-3 2zM10 8h4M10 12h4',
  verify: 'M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M8 12l3 3 5-6',
  about: 'M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M12 11v5M12 7.8v.2',
  stop: 'M6 6h12v12H6z',
  out: 'M4 12h15M13 6l6 6-6 6',
  lock: 'M5 11h14v9H5zM8 11V8a4 4 0 0 1 8 0v3',
  save: 'M12 4v11M7 10l5 5 5-5M4 20h16',
  alert: 'M12 4 2.8 20h18.4zM12 10v4M12 17v.2',
  wait: 'M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M12 7v5l3 2',
  info: 'M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M12 11v5M12 7.8v.2',
  key: 'M15.5 3.5a5 5 0 1 0 0 10a5 5 0 1 0 0-10M11.5 12 4 19.5M6 17.5l2.5 2.5M8.5 15l2 2',
  no: 'M6 6l12 12M18 6 6 18',
  open: 'M5 12h14M12 5v14',
};
