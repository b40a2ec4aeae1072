/** Builds the app and makes the development keys once, so that no test has to wait for either, and no two make them at once. */
import prepare from '../e2e/fixtures/prepare.ts';

await prepare();
