import { mendingIn, referenceText, TEST_CASES } from '@messlatte/conformity'
import type { Assessment, Claim, Language, ProvisionVerdict, Text } from '@messlatte/model'
import type { Sheet } from './workbook.ts'

const SAY = {
  verdicts: { en: 'Verdicts', de: 'Urteile' },
  plan: { en: 'Test plan', de: 'Prüfplan' },
  rules: { en: 'Rules', de: 'Regeln' },
  provision: { en: 'Provision', de: 'Anforderung' },
  title: { en: 'What it asks (our words)', de: 'Was sie verlangt (eigene Worte)' },
  status: { en: 'Status', de: 'Status' },
  claim: { en: 'Claim', de: 'Angabe' },
  reasons: { en: 'Reasons', de: 'Gründe' },
  missing: { en: 'What is missing', de: 'Was fehlt' },
  mending: {
    en: 'How makers usually mend it (practice, no duty)',
    de: 'Wie Hersteller es gewöhnlich beheben (Praxis, keine Pflicht)',
  },
  testCase: { en: 'Test case', de: 'Prüffall' },
  kind: { en: 'Kind', de: 'Art' },
  units: { en: 'Units', de: 'Schritte' },
  purpose: { en: 'Purpose (our words)', de: 'Zweck (eigene Worte)' },
  baseline: { en: 'Baseline', de: 'Basis' },
  rule: { en: 'Rule', de: 'Regel' },
  where: { en: 'Where', de: 'Wo' },
  verdict: { en: 'Verdict', de: 'Urteil' },
  source: { en: 'Source status', de: 'Geltung der Quelle' },
} as const satisfies Readonly<Record<string, Text>>

/**
 * An assessment as sheets: verdicts with claims beside them; what is left to do for a laboratory, by the cases of TS
 * 103 701 (those of provisions that do not apply left out); and what rules ask in their own numbering.
 */
export function assessmentSheets(
  assessment: Assessment,
  claims: readonly Claim[],
  language: Language,
): readonly Sheet[] {
  const say = (text: Text) => text[language]
  const rules = assessment.profiles.map(({ id }) => id)
  const { provisions, requirements } = assessment
  const verdicts = provisions.map((provision) => {
    const { id, title, baseline, profiles } = provision
    const all = [baseline, ...Object.values(profiles)]
    return [
      id,
      title[language],
      baseline.status,
      claims.find((claim) => claim.provision === id)?.support ?? '',
      baseline.verdict,
      ...rules.map((rule) => profiles[rule]?.verdict ?? ''),
      lines(all.flatMap(({ reasons }) => reasons.map(({ text }) => text[language]))),
      lines(all.flatMap(({ missing }) => missing.map(({ what }) => what[language]))),
      mendingIn(assessment, provision)?.[language] ?? '',
    ]
  })
  const applies = new Map(
    provisions.map(({ id, baseline, profiles }) => [id, applicable([baseline, ...Object.values(profiles)])]),
  )
  const cases = TEST_CASES[assessment.catalogue.id].filter(({ provision }) => applies.get(provision))
  return [
    {
      name: say(SAY.verdicts),
      widths: [11, 60, 8, 8, 14, ...rules.map(() => 14), 80, 80, 80],
      rows: [
        [SAY.provision, SAY.title, SAY.status, SAY.claim, SAY.baseline]
          .map(say)
          .concat(rules, say(SAY.reasons), say(SAY.missing), say(SAY.mending)),
        ...verdicts,
      ],
    },
    {
      name: say(SAY.plan),
      widths: [11, 11, 14, 8, 30, 90, 14],
      rows: [
        [SAY.testCase, SAY.provision, SAY.kind, SAY.units]
          .map(say)
          .concat('IXIT', say(SAY.purpose), say(SAY.baseline)),
        ...cases.map(({ id, provision, kind, units, ixit, purpose }) => [
          id,
          provision,
          kind,
          units === null ? '' : String(units),
          ixit.join(', '),
          purpose[language],
          provisions.find((one) => one.id === provision)?.baseline.verdict ?? '',
        ]),
      ],
    },
    {
      name: say(SAY.rules),
      widths: [14, 12, 24, 70, 14, 16, 80],
      rows: [
        [SAY.rule, SAY.provision, SAY.where, SAY.title, SAY.verdict, SAY.source, SAY.reasons].map(say),
        ...requirements.map(({ profile, id, where, title, result }) => [
          profile,
          id,
          say(referenceText(where)),
          title[language],
          result.verdict,
          result.sourceStatus,
          lines(result.reasons.map(({ text }) => text[language])),
        ]),
      ],
    },
  ]
}

function applicable(verdicts: readonly ProvisionVerdict[]): boolean {
  return verdicts.some(({ verdict }) => verdict !== 'not-applicable')
}

function lines(texts: readonly string[]): string {
  return [...new Set(texts)].join('\n')
}
