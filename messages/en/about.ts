/** Words of the page on limits: who sees what, what a proof shows, and what it does not. */
export const aboutWords = {
  title: 'What it shows, and what it does not',
  lede: 'A proof is narrow and hard. These are its edges.',
  slip: 'It shows how the answers came about. It does not show that the images are true or lawfully held, that the model is good, or that nobody else saw the data.',
  developmentTitle: 'Development keys are INSECURE',
  development:
    'On a development network the circuits’ keys come from a secret that is written in the source. Whoever reads it can forge any receipt made with them. Such receipts are marked in red everywhere, and off chain 31337 the registry refuses these keys.',
  seesTitle: 'Who sees what',
  seesHead: { who: 'Who', sees: 'Sees', not: 'Does not see' },
  sees: [
    {
      who: 'This tab',
      sees: 'The four images of a unit, in memory, while it reads and proves',
      not: 'Any shard it holds no live claim for: those stay sealed',
    },
    { who: 'The data’s owner', sees: 'Which account claimed which unit, and asked for its key', not: 'Your files, your name, your browsing' },
    { who: 'Other tabs', sees: 'Your address on the network, and sealed shards you hand on', not: 'What is inside them' },
    { who: 'The relay', sees: 'Your IP address and whom you connect to', not: 'What is said: links are encrypted end to end' },
    { who: 'The sponsor', sees: 'The transactions it pays for, and your IP address', not: 'Images and keys' },
    { who: 'Everyone', sees: 'On the chain: answers, proofs, accounts, payments', not: 'The images' },
  ],
  showsTitle: 'A receipt shows',
  shows: [
    'This exact model ran on exactly the rows behind this fingerprint, and gave these answers.',
    'The rows are part of the data set whose root the owner published.',
    'It was made for this task, unit, chain, contract and account: copied, it pays nobody.',
  ],
  notTitle: 'A receipt does not show',
  nots: [
    'That a claimant forgot the images. A proof does not make anyone forget: whoever claims a unit could keep its four images.',
    'That the answers are right. The model errs on about 3 digits in 100.',
    'That the data is true or lawfully held, or that nobody else saw it.',
    'Who sat at the device.',
  ],
  restsTitle: 'Rests on',
  rests: [
    'Groth16 over the curve BN254, with a key set-up whose secret nobody kept. On a development network somebody did.',
    'Poseidon and SHA-256 as fingerprints; AES-GCM and HPKE as seals.',
    'The browser: it keeps this account’s key where scripts can use it and cannot read it out. Clear the site’s data and the account is gone.',
  ],
  answersTitle: 'Answers are public',
  answers: 'In this version answers are written on the chain with the payment, so that nobody can be paid and keep them back.',
};
