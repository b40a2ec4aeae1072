/** The Try page's desk. An answer needs a thread and the model alone; what locks, proves and checks is loaded with the first proof. */
import { kit } from 'virtual:demonstration-kit';
import { ok } from '../protocol/result.ts';
import type { DemonstrationDesk } from './demonstration-desk.ts';
import { KitLoader } from './demonstration-kit.ts';
import { openThreads } from './threads.ts';

export function openDemonstrationDesk(): DemonstrationDesk {
  const threads = openThreads();
  const loader = new KitLoader(kit, (path) => fetch(new URL(path, document.baseURI)));
  return {
    keyBytes: kit.provingKey.bytes,
    async read(pixels) {
      const onnx = await loader.onnx();
      return onnx.ok ? threads.reader.read(onnx.value, pixels) : onnx;
    },
    async prove(pixels, onProgress) {
      const { demonstrate } = await import('../job/demonstrate.ts');
      const made = await demonstrate({ ...threads, files: (onPart) => loader.files(onPart) }, kit, pixels, onProgress);
      if (!made.ok) return made;
      const [, answer = 0n] = made.value.receipt.statement.values;
      return ok({ ...made.value, pixels, answer: Number(answer) });
    },
    async check(receipt) {
      const [{ checkReceipt }, { checkedFile }, { meansToCheck }, { encodeReceipt }] = await Promise.all([
        import('../proof/check-receipt.ts'),
        import('./checked-file.ts'),
        import('./compose-check.ts'),
        import('../protocol/receipt.ts'),
      ]);
      return checkedFile('', encodeReceipt(receipt).length, await checkReceipt(receipt, meansToCheck));
    },
    async change(sealed, what) {
      return (await import('./change-receipt.ts')).changedReceipt(sealed, what);
    },
    async link(receipt) {
      const [{ receiptLink }, { encodeReceipt }] = await Promise.all([import('./receipt-link.ts'), import('../protocol/receipt.ts')]);
      return receiptLink(new URL('.', document.baseURI).href, encodeReceipt(receipt));
    },
    halt: () => threads.stop(),
  };
}
