import type { Json } from '@messlatte/model'
import type { Fact, Facts, ReduceOut, Settings } from '../../contract.ts'
import { rollbackEvidence, signatureEvidence, unsignedEvidence } from '../outcome/evidence.ts'
import { keyRing } from '../outcome/keys.ts'
import { linkOf } from '../outcome/link.ts'
import { judge } from '../outcome/outcome.ts'
import type { Stm32Fact } from './facts.ts'
import * as say from './say.ts'
import { STM32 } from './scheme.ts'
import { verifyStm32 } from './verify.ts'

export function concludeStm32(facts: Facts, out: ReduceOut, settings: Settings): void {
  const ring = keyRing(facts, settings)
  for (const image of facts.of('boot.stm32.image')) {
    const { data, place } = image
    const observed = observedImage(data)
    if (data.authenticated) {
      const outcome = verifyStm32(image, ring)
      for (const draft of signatureEvidence(STM32, place, ring, outcome, observed)) out.evidence(draft)
      out.fact('chain.link', place, {
        ...linkOf(STM32, place, {
          ...covered(image),
          evidence: 'signature',
          level: judge(STM32, ring, outcome).level,
          signature: { type: 'ecdsa', curve: data.algorithm === 2 ? 'brainpoolP256t1' : 'P-256' },
          hash: 'sha256',
          keys: 'keys' in outcome ? outcome.keys : [],
          rollback: [{ name: 'version', value: data.version, signed: true }],
        }),
      })
    } else {
      const level = data.checksumHolds ? 'E1' : 'E0'
      out.evidence(
        unsignedEvidence(STM32, place, level, observed, data.hasSignature ? say.SWITCHED_OFF : undefined),
      )
      out.fact('chain.link', place, linkOf(STM32, place, { ...covered(image), evidence: 'unsigned', level }))
    }
    out.evidence(rollbackEvidence(STM32, place, data.version, observed))
  }
}

/** The header up to the signature is covered by nothing and counts for nothing but that. */
function covered({ place, data }: Fact<'boot.stm32.image'>) {
  return {
    covers: [
      {
        path: `${place.path}/payload`,
        stage: 'bootloader-first',
        name: 'payload',
        ...(data.encrypted ? { encrypted: true } : {}),
      },
    ],
  } as const
}

function observedImage(data: Stm32Fact): { readonly [key: string]: Json } {
  return {
    header: data.header,
    authenticated: data.authenticated,
    encrypted: data.encrypted,
    checksum: data.checksumHolds ? 'match' : data.whole ? 'mismatch' : 'cut-off',
    version: data.version,
    algorithm: data.algorithm ?? null,
    keyTable: data.table
      ? { index: data.table.index, keys: data.table.hashes.length, sha256: data.table.sha256 }
      : null,
  }
}
