import type { Facts, ReduceOut } from '../../contract.ts'
import { signatureEvidence, unsignedEvidence } from '../outcome/evidence.ts'
import type { KeyRing } from '../outcome/keys.ts'
import { linkOf } from '../outcome/link.ts'
import * as say from './say.ts'
import { OLDER_ROCKCHIP } from './scheme.ts'

const SIGNED = 'RSAK'
/** What a processor wants to find in front of its program: `RK33`. */
const PLAIN = /^RK[0-9A-Z]{2}$/

/** Headers of processors before the RK3568. What starts with neither tag is not spoken of. */
export function concludeOlder(facts: Facts, ring: KeyRing, out: ReduceOut): void {
  for (const { data, place } of facts.of('boot.rockchip.older-idb')) {
    const { hidden, tag, first, images } = data
    const signed = tag === SIGNED
    if (!signed && !PLAIN.test(tag)) continue
    const observed = {
      rc4OfFirstImage: hidden,
      tag,
      firstImage: first,
      images,
      repeat: OLDER_ROCKCHIP.repeat,
    }
    const covers = Array.from({ length: images }, (_, index) => ({
      path: `${place.path}/image-${index + 1}`,
      stage: 'bootloader-first' as const,
      name: `image-${index + 1}`,
    }))
    if (signed) {
      const outcome = { result: 'not-verified', why: 'algorithm' } as const
      for (const draft of signatureEvidence(OLDER_ROCKCHIP, place, ring, outcome, observed))
        out.evidence(draft)
    } else out.evidence(unsignedEvidence(OLDER_ROCKCHIP, place, 'E0', observed, say.NO_PLACE))
    const level = signed ? 'E3' : 'E0'
    const evidence = signed ? 'signature' : 'unsigned'
    out.fact('chain.link', place, linkOf(OLDER_ROCKCHIP, place, { evidence, level, covers }))
  }
}
