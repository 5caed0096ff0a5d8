import type { Claim, ProvisionVerdict, Reason } from '@messlatte/model'
import { type Admission, admissionTexts } from '../claims/admissions.ts'
import type { ProvisionRule } from '../rules.ts'
import type { Traits } from '../traits/resolve.ts'
import type { Found } from './found.ts'
import * as say from './reasons.ts'
import { applicability } from './standing.ts'

/** What a supplier says on one provision: its claim, and what its papers show beside it. */
export interface Said {
  readonly claim: Claim | undefined
  /** What its tables say against the product here. */
  readonly admissions: readonly Admission[]
  /** Why a document disproves the provision by itself. */
  readonly disproved: readonly Reason[]
  /** What was observed and never declared, where support is claimed. */
  readonly undeclared: readonly Reason[]
}

/**
 * A verdict beside what the supplier says. Nothing that is said backs anything: a yes that evidence denies is contested, a no
 * fails, what was never declared contests, and nothing turns a verdict green.
 */
export function withSaid(
  verdict: ProvisionVerdict,
  said: Said,
  provision: ProvisionRule,
  about: { readonly found: Found; readonly traits: Traits },
): ProvisionVerdict {
  const claimed = withClaim(verdict, said.claim, provision, about)
  const documented = said.disproved.length === 0 ? claimed : disprovedByPapers(claimed, said.disproved)
  const declared = said.undeclared.length === 0 ? documented : contestedBySilence(documented, said.undeclared)
  return said.admissions.length === 0 ? declared : withAdmissions(declared, said.admissions, about.found)
}

/** A verdict beside one claim. */
export function withClaim(
  verdict: ProvisionVerdict,
  claim: Claim | undefined,
  provision: ProvisionRule,
  { found, traits }: { readonly found: Found; readonly traits: Traits },
): ProvisionVerdict {
  if (!claim) return verdict
  const told: Reason = claimReason(claim)
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
      return declined(verdict, claim.detail === '' ? undefined : JUSTIFIED, [DECLARED_NO, told])
  }
}

/**
 * What its supplier says is not met fails where it is mandatory; a recommendation is not met, and needs a justification.
 * @param justified told where there is one
 */
function declined(
  verdict: ProvisionVerdict,
  justified: Reason | undefined,
  [failed, ...told]: readonly [Reason, ...Reason[]],
): ProvisionVerdict {
  if (verdict.verdict === 'not-applicable') return { ...verdict, reasons: [...verdict.reasons, ...told] }
  // What a profile's criterion failed stays failed, whatever the status of the provision.
  if (verdict.status === 'M' || verdict.verdict === 'fail')
    return { ...verdict, verdict: 'fail', reasons: [...verdict.reasons, failed, ...told], missing: [] }
  const open = verdict.reasons.filter((reason) => reason !== say.JUSTIFICATION_NEEDED)
  return {
    ...verdict,
    verdict: verdict.verdict === 'contested' ? 'contested' : 'not-met',
    reasons: [...open, justified ?? say.JUSTIFICATION_NEEDED, ...told],
    missing: justified ? [] : [say.JUSTIFICATION],
  }
}

function disprovedByPapers(verdict: ProvisionVerdict, because: readonly Reason[]): ProvisionVerdict {
  return declined(verdict, undefined, [BY_DOCUMENT, ...because])
}

function contestedBySilence(verdict: ProvisionVerdict, because: readonly Reason[]): ProvisionVerdict {
  const stays = verdict.verdict === 'fail' || verdict.verdict === 'not-applicable'
  return {
    ...verdict,
    verdict: stays ? verdict.verdict : 'contested',
    reasons: [...verdict.reasons, ...because],
    missing: stays ? verdict.missing : [],
  }
}

/** An admission decides nothing by itself where the provision leaves room; against what evidence backs it contests. */
function withAdmissions(
  verdict: ProvisionVerdict,
  admissions: readonly Admission[],
  { backing }: Found,
): ProvisionVerdict {
  const denies = admissions.some((one) => backing.some(({ kind }) => one.denies.includes(kind)))
  const contested = denies && (verdict.verdict === 'supported' || verdict.verdict === 'open')
  return {
    ...verdict,
    verdict: contested ? 'contested' : verdict.verdict,
    reasons: [...verdict.reasons, ...admissionReasons(admissions)],
    missing: contested ? [] : verdict.missing,
  }
}

/** The supplier's own words, and where they stand. */
export function admissionReasons(admissions: readonly Admission[]): readonly Reason[] {
  return admissionTexts(admissions).map(({ text }) => ({ text, evidence: [] }))
}

/** A claim as it was made. */
export function claimReason({ support, detail, from, by }: Claim): Reason {
  const more = detail === '' ? '' : ` – ${detail}`
  const about = by ? ` (${by.provision}, ${by.edition})` : ''
  return from === 'self-assessment'
    ? say.bare(
        `The supplier's own assessment: ${SELF[support]}${about}${more}`,
        `Selbstbewertung des Lieferanten: ${SELF[support]}${about}${more}`,
      )
    : say.bare(
        `The supplier claims: ${support}${about}${more}`,
        `Der Lieferant gibt an: ${support}${about}${more}`,
      )
}

const SELF: Readonly<Record<Claim['support'], string>> = { Y: 'PASS', N: 'FAIL', 'N/A': 'N/A' }

const CLAIMED = say.bare(
  'The claim and the evidence disagree.',
  'Die Angabe des Lieferanten und der Befund widersprechen sich.',
)
const DECLARED_NO = say.bare(
  'The supplier itself declares that it is not met; a corrected statement with evidence would overturn it.',
  'Der Lieferant selbst gibt an, dass sie nicht erfüllt ist; eine berichtigte Angabe mit Nachweis höbe das auf.',
)
const BY_DOCUMENT = say.bare(
  'What is asked for is the document itself, and the one that was handed in does not have it; a mended one would overturn it.',
  'Verlangt ist das Dokument selbst, und das eingereichte hat es nicht; ein berichtigtes höbe das auf.',
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
