import type { DamageNote, Evidence, SignatureLevel, TamperSeen, TamperSight } from '@messlatte/model'

type Told = Pick<Evidence, 'kind' | 'level' | 'polarity'>

/** Parts of kinds that tell of what a signature covers; what is said of services and passwords is no matter here. */
const OF_SIGNATURES =
  /(?:^|\.)(?:signature|unsigned|content|uncovered|revoked|hash|digest|tree|checksum)(?:\.|$)/

/** What our own checks say of the signatures of a file. */
export function seenIn(evidence: readonly Told[], damage: readonly DamageNote[]): TamperSeen {
  const about = evidence.filter(({ kind, level }) => level !== undefined || OF_SIGNATURES.test(kind))
  const levels = [...new Set(about.flatMap(({ level }) => level ?? []))].sort()
  const against = [
    ...new Set(about.filter(({ polarity }) => polarity === 'against').map(({ kind }) => kind)),
  ].sort()
  const codes = [...new Set(damage.map(({ code }) => code))].sort()
  return { sight: sightOf(about, levels, codes), levels, against, damage: codes }
}

function sightOf(
  about: readonly Told[],
  levels: readonly SignatureLevel[],
  damage: readonly DamageNote['code'][],
): TamperSight {
  const isBroken = about.some(
    ({ kind, level, polarity }) => level === 'EX' || (polarity === 'against' && kind.endsWith('.content')),
  )
  if (isBroken) return 'refused'
  if (damage.some((code) => code === 'checksum' || code === 'truncated' || code === 'structure'))
    return 'damaged'
  if (about.some(({ level, polarity }) => (level === 'E5' || level === 'E6') && polarity === 'for'))
    return 'verified'
  if (levels.some((level) => level >= 'E3')) return 'open'
  return levels.length > 0 ? 'unsigned' : 'nothing'
}
