/** The pictures of the app by what they stand for, from one set (Lucide, ISC). */
import ArrowRight from '@lucide/svelte/icons/arrow-right';
import Clock from '@lucide/svelte/icons/clock';
import Copy from '@lucide/svelte/icons/copy';
import Cpu from '@lucide/svelte/icons/cpu';
import Download from '@lucide/svelte/icons/download';
import Eraser from '@lucide/svelte/icons/eraser';
import Info from '@lucide/svelte/icons/info';
import KeyRound from '@lucide/svelte/icons/key-round';
import Lock from '@lucide/svelte/icons/lock';
import PenLine from '@lucide/svelte/icons/pen-line';
import Plus from '@lucide/svelte/icons/plus';
import ReceiptText from '@lucide/svelte/icons/receipt-text';
import RotateCcw from '@lucide/svelte/icons/rotate-ccw';
import ScanLine from '@lucide/svelte/icons/scan-line';
import ScanSearch from '@lucide/svelte/icons/scan-search';
import Shuffle from '@lucide/svelte/icons/shuffle';
import Square from '@lucide/svelte/icons/square';
import Timer from '@lucide/svelte/icons/timer';
import TriangleAlert from '@lucide/svelte/icons/triangle-alert';
import X from '@lucide/svelte/icons/x';

export const icons = {
  try: PenLine,
  contribute: Cpu,
  receipts: ReceiptText,
  verify: ScanSearch,
  scan: ScanLine,
  about: Info,
  stop: Square,
  out: ArrowRight,
  lock: Lock,
  save: Download,
  alert: TriangleAlert,
  wait: Clock,
  info: Info,
  key: KeyRound,
  no: X,
  open: Plus,
  erase: Eraser,
  shuffle: Shuffle,
  again: RotateCcw,
  copy: Copy,
  timer: Timer,
} as const;

export type IconName = keyof typeof icons;
