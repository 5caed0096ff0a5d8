import type { Claim, ProvisionVerdict, Reason } from '@messlatte/model'
import type { ProvisionRule } from '../rules.ts'
import type { Traits } from '../traits/resolve.ts'
import type { Found } from './found.ts'
import * as say from './reasons.ts'
import { applicability } from './standing.ts'

/**
 * A verdict beside what the supplier claims. A claim never backs anything: a yes that evidence denies is contested, a no
 * fails, and nothing that is said turns a verdict green.
 */
export function withClaim(
  verdict: ProvisionVerdict,
  claim: Claim | undefined,
  provision: ProvisionRule,
  { found, traits }: { readonly found: Found; readonly traits: Traits },
): ProvisionVerdict {
  if (!claim) return verdict
  const told: Reason = said(claim)
  const plus = (name: ProvisionVerdict['verdict'], ...more: readonly Reason[]): ProvisionVerdict => ({
    ...verdict,
    verdict: name,
    reasons: [...verdict.reasons, ...more, told],
    missing: name === 'open' ? verdict.missing : [],
  })
  const denied = found.against.length > 0
  switch (claim.support) {
    case 'Y':
      return denied && verdict.verdict !== 'not-applicable'
        ? plus('contested', CLAIMED)
        : plus(verdict.verdict)
    case 'N/A':
      if (denied) return plus('contested', CLAIMED)
      if (verdict.verdict !== 'open') return plus(verdict.verdict)
      if (!provision.condition) return plus('open', NEVER_OFF)
      return applicability(provision.condition, traits) === 'holds'
        ? plus('contested', HOLDS)
        : plus('open', NOT_SHOWN)
    case 'N':
      return declined(verdict, claim, told)
  }
}

function declined(verdict: ProvisionVerdict, { detail }: Claim, told: Reason): ProvisionVerdict {
  if (verdict.verdict === 'not-applicable') return { ...verdict, reasons: [...verdict.reasons, told] }
  // What a profile's criterion failed stays failed, whatever the status of the provision.
  if (verdict.status === 'M' || verdict.verdict === 'fail')
    return { ...verdict, verdict: 'fail', reasons: [...verdict.reasons, DECLARED_NO, told], missing: [] }
  const open = verdict.reasons.filter((reason) => reason !== say.JUSTIFICATION_NEEDED)
  return {
    ...verdict,
    verdict: verdict.verdict === 'contested' ? 'contested' : 'not-met',
    reasons: [...open, detail === '' ? say.JUSTIFICATION_NEEDED : JUSTIFIED, told],
    missing: detail === '' ? [say.JUSTIFICATION] : [],
  }
}

function said({ support, detail }: Claim): Reason {
  const more = detail === '' ? '' : ` – ${detail}`
  return say.bare(`The supplier claims: ${support}${more}`, `Der Lieferant gibt an: ${support}${more}`)
}

const CLAIMED = say.bare(
  'The claim and the evidence disagree.',
  'Die Angabe des Lieferanten und der Befund widersprechen sich.',
)
const DECLARED_NO = say.bare(
  'The supplier itself declares that it is not met; a corrected ICS row with evidence would overturn it.',
  'Der Lieferant selbst gibt an, dass sie nicht erfüllt ist; eine berichtigte ICS-Zeile mit Nachweis höbe das auf.',
)
const JUSTIFIED = say.bare(
  'A recommendation that is not met; the justification is recorded, and nobody has judged it.',
  'Eine nicht erfüllte Empfehlung; die Begründung ist festgehalten, und niemand hat sie beurteilt.',
)
const NEVER_OFF = say.bare(
  'N/A is claimed, but the provision has no condition that could let the product off.',
  'N/A ist angegeben, aber die Anforderung hat keine Bedingung, die das Produkt entließe.',
)
const HOLDS = say.bare(
  'N/A is claimed, but by the answers about the product its condition holds.',
  'N/A ist angegeben, aber nach den Antworten zum Produkt trifft ihre Bedingung zu.',
)
const NOT_SHOWN = say.bare(
  'N/A is claimed; whether its condition holds was not answered, and a claim alone lets nothing off.',
  'N/A ist angegeben; ob ihre Bedingung zutrifft, ist nicht beantwortet, und eine Angabe allein entlässt nichts.',
)
