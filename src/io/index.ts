/**
 * @module io — the outside, by subject. Implements function types that pure modules declare. What stands behind
 * the door (databases, typesetting) takes long to load, so each subject is loaded when it is first called:
 * reading a paper must start at once.
 */
import type { CaseFile, Store } from "#case";
import type { PaperFile } from "#source";

export { readFiles } from "./papers-in/read-files.ts";
export type { OutputFile, RenderedCase } from "./papers-out/render-case.ts";
export type { LetterPdfOptions } from "./papers-out/render-letter.ts";
export type { ChannelLimit, PacketPart } from "./papers-out/split-packet.ts";
export { pagePicture } from "./pictures/page-picture.ts";
export type { StoreOptions } from "./store/open-store.ts";

export const filesOfZip = async (file: PaperFile) =>
  (await import("./papers-in/formats/read-zip.ts")).filesOfZip(file);

export const renderCase: typeof import("./papers-out/render-case.ts").renderCase = async (...given) =>
  (await import("./papers-out/render-case.ts")).renderCase(...given);

export const headOf = async (file: CaseFile) => (await import("./papers-out/render-case.ts")).headOf(file);

export const renderLetterDocx: typeof import("./papers-out/render-docx.ts").renderLetterDocx = async (
  ...given
) => (await import("./papers-out/render-docx.ts")).renderLetterDocx(...given);

export const renderLetterPdf: typeof import("./papers-out/render-letter.ts").renderLetterPdf = async (
  ...given
) => (await import("./papers-out/render-letter.ts")).renderLetterPdf(...given);

export const splitPacket: typeof import("./papers-out/split-packet.ts").splitPacket = async (...given) =>
  (await import("./papers-out/split-packet.ts")).splitPacket(...given);

export const readBounce: typeof import("./delivery/read-bounce.ts").readBounce = async (...given) =>
  (await import("./delivery/read-bounce.ts")).readBounce(...given);

export const openStore: typeof import("./store/open-store.ts").openStore = async (...given) =>
  (await import("./store/open-store.ts")).openStore(...given);

export const signPdf: typeof import("./signing/sign-pdf.ts").signPdf = async (...given) =>
  (await import("./signing/sign-pdf.ts")).signPdf(...given);

export const voidedPdf = async (signed: Uint8Array) =>
  (await import("./signing/void-pdf.ts")).voidedPdf(signed);

export const signingIdentity = async (store: Store, now: Date) =>
  (await import("./signing/identity.ts")).keptIdentity(store, now);

export const deliveryFrom = async (environment: Record<string, string | undefined>) =>
  (await import("./delivery/settings.ts")).deliveryFrom(environment);

/** Checkout through Stripe; its library is loaded only where an operator charges. */
export const openStripe = async (settings: import("./payment/stripe.ts").StripeSettings) =>
  (await import("./payment/stripe.ts")).stripePayments(settings);
