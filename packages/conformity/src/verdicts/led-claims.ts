import type { MappingLine, ProvisionVerdict, Reason } from '@messlatte/model'
import { claimReason, type Said } from './claim.ts'
import type { Found } from './found.ts'
import type { People } from './people.ts'
import { bare } from './reasons.ts'

/**
 * A requirement of a rule beside what was claimed and decided on the provisions that lead to it. Who says that a part is not met
 * says it of the whole; who claims the whole beside evidence against contests; a decision on EN 303 645 is none on another text: where
 * every line asks for as much, it backs, and never passes.
 */
export function withLedClaims(
  verdict: ProvisionVerdict,
  lines: readonly MappingLine[],
  found: Found,
  people: People,
): ProvisionVerdict {
  const told = lines.flatMap((line) => {
    const said = people.saidOn(line.provision)
    return said ? [{ line, said }] : []
  })
  const failed = lines.filter((line) => decides(line) && people.isDecided(line.provision, 'fail'))
  const passed = lines.filter((line) => people.isDecided(line.provision, 'pass'))
  if (told.length + failed.length + passed.length === 0 || verdict.verdict === 'not-applicable')
    return verdict
  const reasons = [
    ...verdict.reasons,
    ...told.flatMap(led),
    ...failed.map(decidedFail),
    ...passed.map(decidedPass),
  ]
  const as = (name: ProvisionVerdict['verdict']): ProvisionVerdict => ({
    ...verdict,
    verdict: name,
    reasons,
    missing: name === 'open' ? verdict.missing : [],
  })
  const deciding = told.filter(({ line }) => decides(line)).map(({ said }) => said)
  const denied = deciding.some(({ claim, disproved }) => claim?.support === 'N' || disproved.length > 0)
  if (denied || failed.length > 0) return as('fail')
  if (verdict.verdict === 'fail')
    return as(told.some(({ said }) => said.claim?.support === 'Y') ? 'contested' : 'fail')
  if (deciding.some(({ undeclared }) => undeclared.length > 0)) return as('contested')
  const whole = lines.length > 0 && passed.length === lines.length && lines.every(isSame)
  return as(verdict.verdict === 'open' && whole && found.doubts.length === 0 ? 'supported' : verdict.verdict)
}

function decides({ relation, confidence }: MappingLine): boolean {
  return relation !== 'related' && confidence !== 'low'
}

function isSame({ relation, confidence }: MappingLine): boolean {
  return relation === 'same' && confidence === 'high'
}

function led({ line, said }: { readonly line: MappingLine; readonly said: Said }): readonly Reason[] {
  const claimed = said.claim ? [claimReason(said.claim)] : []
  return [...claimed, ...said.disproved, ...said.undeclared].map(({ text: { en, de }, evidence }) => ({
    ...bare(
      `${en} (on ${line.provision}, which leads here)`,
      `${de} (zu ${line.provision}, die hierher führt)`,
    ),
    evidence,
  }))
}

function decidedFail({ provision, author }: MappingLine): Reason {
  return bare(
    `An assessor decided that ${provision} fails; it is part or all of what is asked here, by ${author}.`,
    `Ein Prüfer hat entschieden, dass ${provision} nicht erfüllt ist; sie ist ein Teil oder alles von dem hier Verlangten, nach ${author}.`,
  )
}

function decidedPass({ provision, author }: MappingLine): Reason {
  return bare(
    `An assessor decided that ${provision} passes, which leads here by ${author}; that is no decision on this text.`,
    `Ein Prüfer hat entschieden, dass ${provision} erfüllt ist; sie führt hierher nach ${author}. Eine Entscheidung über diesen Text ist das nicht.`,
  )
}
