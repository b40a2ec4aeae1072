import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { LedgerFailure } from '../ledger.ts';
import { parseSponsorAnswer, parseSponsorRequest, type SponsorAnswer, type SponsorRequest } from './sponsor-wire.ts';

const vectors = JSON.parse(readFileSync(new URL('../../../fixtures/vectors/sponsor.json', import.meta.url), 'utf8')) as {
  requests: SponsorRequest[];
  refusedRequests: { name: string; json: unknown }[];
  answers: SponsorAnswer[];
  refusedAnswers: { name: string; json: unknown }[];
};
const refused = { ok: false, failure: { kind: 'sponsor-refused' } as Partial<LedgerFailure> };

describe('what a tab and a sponsor say to each other, by the vectors,', () => {
  it.each(vectors.requests)('is read where it asks for a $action', (request) => {
    expect(parseSponsorRequest(request)).toEqual({ ok: true, value: request });
  });

  it.each(vectors.refusedRequests)('is refused where a request has $name', ({ json }) => {
    expect(parseSponsorRequest(json)).toMatchObject(refused);
  });

  it('is an answer with a transaction, or with a failure as it was', () => {
    for (const answer of vectors.answers) expect(parseSponsorAnswer(answer)).toEqual(answer.ok ? { ok: true, value: answer.tx } : answer);
  });

  it.each(vectors.refusedAnswers)('is refused where an answer has $name', ({ json }) => {
    expect(parseSponsorAnswer(json)).toMatchObject({ ok: false, failure: { detail: 'answer-unreadable' } });
  });
});
