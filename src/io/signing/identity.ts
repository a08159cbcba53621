import { generateKeyPairSync, randomBytes } from "node:crypto";
import forge from "node-forge";
import type { Store } from "#case";

/** A key and its certificate as PKCS #12, with the password that opens it. */
export type SigningIdentity = { p12: Uint8Array; password: string };

/**
 * Makes the installation's own signing certificate (RSA 2048, five years). It proves that a file is unchanged since it
 * was signed here; operators with a certificate of a trust service use that instead.
 *
 * @param operator Name shown by readers as the certificate's holder.
 */
export function makeIdentity(operator: string, now: Date): SigningIdentity {
  const pair = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  const privateKey = forge.pki.privateKeyFromPem(pair.privateKey);
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(pair.publicKey);
  certificate.serialNumber = `00${randomBytes(15).toString("hex")}`;
  certificate.validity.notBefore = now;
  certificate.validity.notAfter = new Date(
    Date.UTC(now.getUTCFullYear() + 5, now.getUTCMonth(), now.getUTCDate()),
  );
  const holder = [{ name: "commonName", value: operator }];
  certificate.setSubject(holder);
  certificate.setIssuer(holder);
  certificate.setExtensions([
    { name: "basicConstraints", cA: false },
    { name: "keyUsage", digitalSignature: true, nonRepudiation: true, critical: true },
  ]);
  certificate.sign(privateKey, forge.md.sha256.create());
  const password = randomBytes(24).toString("base64url");
  const p12 = forge.pkcs12.toPkcs12Asn1(privateKey, [certificate], password, { algorithm: "aes256" });
  return { p12: Buffer.from(forge.asn1.toDer(p12).getBytes(), "binary"), password };
}

/** The installation's identity, made on first use and kept locked in its store. */
export async function keptIdentity(store: Pick<Store, "secret">, now: Date): Promise<SigningIdentity> {
  const sealed = await store.secret("signing-identity", () => {
    const { p12, password } = makeIdentity("Redress", now);
    return Buffer.from(JSON.stringify({ p12: Buffer.from(p12).toString("base64"), password }));
  });
  const kept = JSON.parse(Buffer.from(sealed).toString("utf8")) as { p12: string; password: string };
  return { p12: Buffer.from(kept.p12, "base64"), password: kept.password };
}
