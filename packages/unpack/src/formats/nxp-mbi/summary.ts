import { nxpCertificateSummary } from '../nxp-certificates.ts'
import type { Mbi, MbiSigned } from './parse.ts'

/** What the boot header, the certificates and the manifest say. */
export function summaryOf(image: Mbi): object {
  const { type, subtype, length, loadAddress, imageVersion, trustZone, signed } = image
  return {
    type,
    subtype,
    length,
    loadAddress,
    imageVersion,
    trustZone,
    ...(signed ? signedSummary(signed) : {}),
  }
}

function signedSummary({ certificates, manifest, mac, keyStore, signature }: MbiSigned): object {
  return {
    certificates: nxpCertificateSummary(certificates),
    manifest: manifest && { firmwareVersion: manifest.firmwareVersion, digest: manifest.digest?.name },
    headerMac: mac !== undefined,
    keyStore: keyStore !== undefined,
    signatureBytes: signature.length,
  }
}
