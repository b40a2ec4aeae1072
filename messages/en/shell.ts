/** Words of the frame around every page: navigation, the tab meter, and what the browser shows. */
import { percentText } from './figures.ts';

export const shellWords = {
  name: 'Prooftab',
  titled: (page: string) => `${page} · Prooftab`,
  skip: 'Skip to content',
  main: 'Main',
  nav: { try: 'Try', contribute: 'Contribute', history: 'Receipts', verify: 'Verify', about: 'Limits' },
  titles: { try: 'Draw a digit', contribute: 'Contribute', history: 'Receipts', verify: 'Check a receipt', about: 'What it shows and does not' },
  meter: {
    name: 'This tab',
    privateBytes: 'Private bytes sent',
    stop: 'Stop',
    idle: 'Idle',
    starting: 'Starting',
    working: (step: string, part: number) => (part > 0 && part < 1 ? `${step}, ${percentText(part)}` : step),
    waiting: 'Waiting',
    paid: 'Paid',
    failed: 'Needs you',
  },
  update: { title: 'A newer version of this page is ready', detail: 'Work in progress is kept.', action: 'Use it' },
  behind: { title: 'Another tab took a newer version of this page', detail: 'This one finishes what it is at, and takes it then.' },
  torn: {
    title: 'This tab is between two versions',
    detail: 'A part of it belongs to a version that is gone, and was not loaded. Nothing is lost: load the page again.',
    action: 'Load again',
  },
  notIsolated: {
    title: 'Proving on one thread',
    detail: 'This page is not isolated from other sites, so threads are off. Reload once; if this stays, the site lacks its headers.',
  },
};

/** What each step is called while it is at work, in the meter. */
export const stepDoing = {
  claim: 'Claiming',
  fetch: 'Fetching',
  open: 'Opening',
  read: 'Reading',
  prove: 'Proving',
  submit: 'Submitting',
  paid: 'Being paid',
};
