import { createHash } from "node:crypto";
import {
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFInvalidObject,
  PDFName,
  PDFNumber,
  PDFString,
} from "@cantoo/pdf-lib";
import { SignPdf } from "@signpdf/signpdf";
import { DEFAULT_BYTE_RANGE_PLACEHOLDER, SUBFILTER_ETSI_CADES_DETACHED } from "@signpdf/utils";
import type { Signature } from "#case";
import { dropConformanceClaim } from "../papers-out/assemble-packet.ts";
import { addAuditPage } from "./audit-page.ts";
import type { SigningIdentity } from "./identity.ts";
import { PadesSigner } from "./pades-signer.ts";

/** Room for the signature itself, in bytes; a chain of three certificates fits. */
const signatureRoom = 16_384;

/** Someone changed the bytes between showing and signing; nothing is signed. */
export class NotWhatWasSeen extends Error {
  override readonly name = "NotWhatWasSeen";
}

/**
 * Signs the exact bytes a person saw: they stand unchanged at the start of the signed file; the audit page that names
 * their hash, and a PAdES signature (ETSI.CAdES.detached) over the whole, are added behind them as an update. Throws {@link NotWhatWasSeen} when the bytes are not those of `signature.seen`.
 */
export async function signPdf(
  pdf: Uint8Array,
  signature: Signature,
  identity: SigningIdentity,
): Promise<Uint8Array> {
  const seen = createHash("sha256").update(pdf).digest("hex");
  if (seen !== signature.seen) throw new NotWhatWasSeen("the document changed after it was shown");
  const document = await PDFDocument.load(pdf, { updateMetadata: false, forIncrementalUpdate: true });
  const page = await addAuditPage(document, signature, pdf.length);
  addPlaceholder(document, page, signature);
  // The letter is PDF/UA-1; the record of the signature behind it carries no tags.
  dropConformanceClaim(document);
  const prepared = await document.commit({ useObjectStreams: false });
  const signer = new PadesSigner(Buffer.from(identity.p12), { passphrase: identity.password });
  return new SignPdf().sign(Buffer.from(prepared), signer);
}

/** The empty signature field; its dictionary is written outside object streams, because its bytes are filled in later. */
function addPlaceholder(
  document: PDFDocument,
  page: ReturnType<PDFDocument["getPage"]>,
  signature: Signature,
): void {
  const { context } = document;
  const range = PDFArray.withContext(context);
  range.push(PDFNumber.of(0));
  for (let place = 0; place < 3; place++) range.push(PDFName.of(DEFAULT_BYTE_RANGE_PLACEHOLDER));
  const dictionary = context.obj({
    Type: "Sig",
    Filter: "Adobe.PPKLite",
    SubFilter: SUBFILTER_ETSI_CADES_DETACHED,
    ByteRange: range,
    Contents: PDFHexString.of("\0".repeat(signatureRoom)),
    Reason: PDFString.of("Reviewed and signed"),
    M: PDFString.fromDate(new Date(signature.at)),
    Name: PDFHexString.fromText(signature.signer.name),
  });
  const bytes = new Uint8Array(dictionary.sizeInBytes());
  dictionary.copyBytesInto(bytes, 0);
  const widget = context.obj({
    Type: "Annot",
    Subtype: "Widget",
    FT: "Sig",
    Rect: [0, 0, 0, 0],
    V: context.register(PDFInvalidObject.of(bytes)),
    T: PDFString.of(`signature-${signature.seen.slice(0, 8)}`),
    F: 4,
    P: page.ref,
    // Nothing is drawn: the audit page says it in words. Without an appearance, readers that flatten forms stumble.
    AP: { N: context.register(context.formXObject([], { BBox: context.obj([0, 0, 0, 0]) })) },
  });
  const field = context.register(widget);
  page.node.addAnnot(field);
  const form = document.catalog.lookupMaybe(PDFName.of("AcroForm"), PDFDict) ?? context.obj({ Fields: [] });
  form.set(PDFName.of("SigFlags"), PDFNumber.of(3));
  const fields = form.lookupMaybe(PDFName.of("Fields"), PDFArray) ?? PDFArray.withContext(context);
  fields.push(field);
  form.set(PDFName.of("Fields"), fields);
  document.catalog.set(PDFName.of("AcroForm"), form);
}
