import type { Certificate } from '@messlatte/bytes'
import type { Fact, Facts, Settings } from '../../contract.ts'
import { readPkcs7 } from '../pkcs7/read.ts'
import {
  type AnchorCertificate,
  certificateOf,
  digested,
  namedSigner,
  type Outcome,
  verifyWith,
} from '../pkcs7/verify.ts'

export type Module = Fact<'boot.linux.module'>

/** What the signature of one module comes to. */
export type ModuleOutcome =
  | { readonly result: 'unsigned' | 'broken' | 'old' }
  | (Outcome & { readonly signer: string; readonly algorithms: readonly string[] } & {
      /** Undefined where the signature does not hold. */
      readonly certificate: Certificate | undefined
    })

/** Certificates of the release that kernels hold, and others that lie in it. */
export interface Certificates {
  readonly kernel: readonly AnchorCertificate[]
  readonly files: readonly Certificate[]
}

export function certificatesOf(facts: Facts): Certificates {
  const all = facts.of('boot.linux.certificate')
  const once = new Map(
    all.filter(({ data }) => data.kept === 'file').map(({ data }) => [data.sha256, data.der]),
  )
  return {
    kernel: all
      .filter(({ data }) => data.kept === 'kernel')
      .map(({ place, data }) => ({ certificate: certificateOf(data.der), place, kept: 'kernel' })),
    files: [...once.values()].map(certificateOf),
  }
}

/** Verifies a module with the certificates of kernels; one that only lies in a file proves no more than one that travels along. */
export function verifyModule(
  { data }: Module,
  { kernel, files }: Certificates,
  settings: Settings,
): ModuleOutcome {
  const { signature } = data
  if (signature.state !== 'pkcs7')
    return { result: signature.state === 'none' ? 'unsigned' : signature.state }
  const signed = readPkcs7(Buffer.from(signature.der, 'base64'))
  const [signer] = signed?.signers ?? []
  if (!signed || !signer) return { result: 'broken' }
  const withFiles = { ...signed, certificates: [...signed.certificates, ...files] }
  const outcome = verifyWith(withFiles, signer, digested(signature.digests), kernel, settings)
  const named = namedSigner(
    { ...signed, certificates: [...signed.certificates, ...kernel.map((one) => one.certificate), ...files] },
    signer,
  )
  const algorithms = [signer.digest ?? signer.digestOid, signer.scheme?.kind ?? signer.schemeOid]
  const certificate = outcome.result === 'holds' ? outcome.signer : undefined
  return { ...outcome, signer: named, algorithms, certificate } as ModuleOutcome
}
