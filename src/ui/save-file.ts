/** Hands a file to the browser to save, without sending it anywhere. */
import type { ReceiptFile } from '../app/worksite.ts';

export function saveFile(file: ReceiptFile): void {
  const address = URL.createObjectURL(new Blob([file.bytes], { type: file.type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = file.name;
  link.click();
  /** The browser has taken the address by the next task. */
  setTimeout(() => URL.revokeObjectURL(address));
}
