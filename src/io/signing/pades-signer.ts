import { createHash, createSign } from "node:crypto";
import { P12Signer } from "@signpdf/signer-p12";
import forge from "node-forge";

const { asn1, pki } = forge;
const { Class, Type } = asn1;
type Asn1 = forge.asn1.Asn1;

const oids = {
  signedData: "1.2.840.113549.1.7.2",
  data: "1.2.840.113549.1.7.1",
  contentType: "1.2.840.113549.1.9.3",
  messageDigest: "1.2.840.113549.1.9.4",
  signingCertificate: "1.2.840.113549.1.9.16.2.47",
  sha256: "2.16.840.1.101.3.4.2.1",
  rsa: "1.2.840.113549.1.1.1",
};

/**
 * Signs as PAdES baseline B-B asks (ETSI EN 319 142-1): the certificate itself is under the signature, by its hash, so that
 * no other can be put in its place; the time stands in the signature dictionary and not among the attributes.
 */
export class PadesSigner extends P12Signer {
  override async sign(pdf: Buffer): Promise<Buffer> {
    const { key, certificate } = this.#identity();
    const der = bytesOf(pki.certificateToAsn1(certificate));
    const attributes = [
      attribute(oids.contentType, oid(oids.data)),
      attribute(oids.messageDigest, octets(digest(pdf))),
      // ESSCertIDv2; SHA-256 is its default and is not named.
      attribute(oids.signingCertificate, sequence(sequence(sequence(octets(digest(der)))))),
    ].sort((one, other) => Buffer.compare(bytesOf(one), bytesOf(other)));
    const signature = createSign("sha256")
      .update(bytesOf(set(...attributes)))
      .sign(key);
    const algorithm = (name: string) =>
      sequence(oid(name), asn1.create(Class.UNIVERSAL, Type.NULL, false, ""));
    const signer = sequence(
      integer("01"),
      sequence(pki.distinguishedNameToAsn1(certificate.issuer), integer(certificate.serialNumber)),
      algorithm(oids.sha256),
      asn1.create(Class.CONTEXT_SPECIFIC, 0, true, attributes),
      algorithm(oids.rsa),
      octets(signature),
    );
    const signed = sequence(
      integer("01"),
      set(algorithm(oids.sha256)),
      sequence(oid(oids.data)),
      asn1.create(Class.CONTEXT_SPECIFIC, 0, true, [pki.certificateToAsn1(certificate)]),
      set(signer),
    );
    return bytesOf(sequence(oid(oids.signedData), asn1.create(Class.CONTEXT_SPECIFIC, 0, true, [signed])));
  }

  /** Key and certificate of the PKCS #12 file that belong together. */
  #identity(): { key: string; certificate: forge.pki.Certificate } {
    const p12 = forge.pkcs12.pkcs12FromAsn1(
      asn1.fromDer(this.cert),
      this.options.asn1StrictParsing,
      this.options.passphrase,
    );
    const bags = (type: string) => p12.getBags({ bagType: type })[type] ?? [];
    const key = bags(pki.oids.pkcs8ShroudedKeyBag!)[0]?.key as forge.pki.rsa.PrivateKey | undefined;
    const certificate = bags(pki.oids.certBag!)
      .flatMap(({ cert }) => cert ?? [])
      .find(({ publicKey }) => key && (publicKey as forge.pki.rsa.PublicKey).n.equals(key.n));
    if (!key || !certificate) throw new Error("the signing identity holds no key with its certificate");
    return { key: pki.privateKeyToPem(key), certificate };
  }
}

const digest = (bytes: Uint8Array): Buffer => createHash("sha256").update(bytes).digest();
const bytesOf = (value: Asn1): Buffer => Buffer.from(asn1.toDer(value).getBytes(), "binary");
const sequence = (...parts: Asn1[]) => asn1.create(Class.UNIVERSAL, Type.SEQUENCE, true, parts);
const set = (...parts: Asn1[]) => asn1.create(Class.UNIVERSAL, Type.SET, true, parts);
const oid = (name: string) => asn1.create(Class.UNIVERSAL, Type.OID, false, asn1.oidToDer(name).getBytes());
const octets = (bytes: Uint8Array) =>
  asn1.create(Class.UNIVERSAL, Type.OCTETSTRING, false, Buffer.from(bytes).toString("binary"));
const integer = (hex: string) =>
  asn1.create(Class.UNIVERSAL, Type.INTEGER, false, forge.util.hexToBytes(hex));
const attribute = (name: string, value: Asn1) => sequence(oid(name), set(value));
