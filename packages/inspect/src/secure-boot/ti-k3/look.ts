import { createHash } from 'node:crypto'
import { type Bytes, forEachWindow, isSignedBy, readCertificate } from '@messlatte/bytes'
import { type K3Component, parseTiK3 } from '@messlatte/unpack'
import type { Artefact, MapOut } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'
import type { K3Fact } from './facts.ts'

const STEP = 256 * 1024

export function lookAtTiK3(artefact: Artefact, out: MapOut): void {
  const fact = readK3(artefact.bytes)
  if (fact) out.fact('boot.ti-k3.image', placeOf(artefact), fact)
}

function readK3(bytes: Bytes): K3Fact | undefined {
  const image = parseTiK3(bytes, 0)
  if (!image) return undefined
  const { reader, encrypted, revision, debug, components } = image
  const { spki, key, signed } = readCertificate(image.certificate)
  const { scheme, algorithm } = signed
  return {
    reader,
    spki: Buffer.from(spki).toString('base64'),
    algorithm,
    padding: scheme?.kind === 'rsa-pkcs1' ? 'pkcs1' : scheme?.kind === 'rsa-pss' ? 'pss' : undefined,
    hash: hashOf(scheme && 'digest' in scheme ? scheme.digest : undefined),
    signedByOwn: isSignedBy(signed, key),
    encrypted,
    revision,
    debug,
    components: components.map((component) => ({
      name: component.name,
      at: component.at,
      length: component.length,
      hash: component.hash,
      result: resultOf(bytes, component),
    })),
  }
}

function hashOf(name: string | undefined): K3Fact['hash'] {
  return name === 'sha256' || name === 'sha384' || name === 'sha512' ? name : undefined
}

function resultOf(bytes: Bytes, { at, length, hash, digest }: K3Component) {
  if (at + length > bytes.size) return 'cut-off'
  const sum = createHash(hash)
  forEachWindow(bytes, at, at + length, STEP, 0, (window) => {
    sum.update(window)
    return true
  })
  return sum.digest().equals(digest) ? 'match' : 'mismatch'
}
