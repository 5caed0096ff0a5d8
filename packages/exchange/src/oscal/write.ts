import type { CheckResult, Evidence, Language, ProvisionVerdict, Text } from '@messlatte/model'
import { compareText } from '../result/natural-order.ts'
import { sorted } from '../result/sorting.ts'
import { uuidOf } from '../result/uuid.ts'
import { escapeInvisible } from '../result/visible-json.ts'
import { OSCAL, token } from './common.ts'

/**
 * A check as OSCAL assessment results (NIST, model of version 1.2.1): a result for each rule, an observation for each
 * piece of evidence for or against, and a finding for each provision or requirement that applies. OSCAL knows two states;
 * only what an assessor passed is satisfied. What is open is not satisfied, for the reason `other`, and its remarks say
 * open. Its times are the day of the assessment, so that the same result gives the same bytes.
 */
export function writeOscal(result: CheckResult, language: Language): string {
  return `${escapeInvisible(JSON.stringify({ 'assessment-results': model(result, language) }, null, 2))}\n`
}

function model(result: CheckResult, language: Language) {
  const { tool, images, assessment, options } = result
  const seed = JSON.stringify([tool, images, assessment.catalogue, assessment.profiles, assessment.asOf])
  const at = `${assessment.asOf}T00:00:00Z`
  const plan = uuidOf(`${seed} plan`)
  return {
    uuid: uuidOf(seed),
    metadata: {
      title: 'Messlatte',
      'last-modified': at,
      version: tool.version,
      'oscal-version': OSCAL,
    },
    'import-ap': { href: `#${plan}` },
    results: ['baseline', ...options.profiles].map((rule) => resultUnder(rule, result, seed, at, language)),
    'back-matter': {
      resources: [
        {
          uuid: plan,
          title: 'messlatte check',
          description: SCOPE[language],
          rlinks: images.map(({ name, sha256 }) => ({
            href: encodeURIComponent(name.toWellFormed()),
            hashes: [{ algorithm: 'SHA-256', value: sha256 }],
          })),
        },
      ],
    },
  }
}

const SCOPE: Readonly<Record<Language, string>> = {
  en: 'What was looked at: the files with these digests. It does not show that any unit runs them.',
  de: 'Was angesehen wurde: die Dateien mit diesen Digests. Es zeigt nicht, dass ein Gerät sie ausführt.',
}

const NOTHING: Readonly<Record<Language, string>> = {
  en: 'Nothing applies.',
  de: 'Nichts ist anwendbar.',
}

interface Judged extends ProvisionVerdict {
  readonly id: string
  readonly title: Text
}

function resultUnder(rule: string, result: CheckResult, seed: string, at: string, language: Language) {
  const judged = judgedUnder(rule, result).filter(({ verdict }) => verdict !== 'not-applicable')
  const named = new Set(judged.flatMap(({ reasons }) => reasons.flatMap(({ evidence }) => evidence)))
  const told = sorted(
    result.evidence.filter(({ id, polarity }) => polarity !== 'neutral' && named.has(id)),
    (a, b) => compareText(a.id, b.id),
  )
  const observation = ({ id }: Evidence) => uuidOf(`${seed} ${rule} observation ${id}`)
  return {
    uuid: uuidOf(`${seed} ${rule}`),
    title: rule,
    description: SCOPE[language],
    start: at,
    'reviewed-controls': {
      'control-selections': [
        judged.length === 0
          ? { description: NOTHING[language] }
          : { 'include-controls': judged.map(({ id }) => ({ 'control-id': token(id) })) },
      ],
    },
    ...(told.length > 0 && {
      observations: told.map((one) => ({
        uuid: observation(one),
        title: one.kind,
        description: one.title[language],
        methods: ['TEST'],
        collected: at,
        remarks: `${one.polarity}, ${one.confidence.grade}; ${one.path}, ${one.offset}, ${one.length}, SHA-256 ${one.sha256}; ${one.id}`,
      })),
    }),
    ...(judged.length > 0 && {
      findings: judged.map((one) => {
        const related = told.filter(({ id }) => one.reasons.some(({ evidence }) => evidence.includes(id)))
        return {
          uuid: uuidOf(`${seed} ${rule} finding ${one.id}`),
          title: one.id,
          description: one.title[language],
          target: {
            type: 'objective-id',
            'target-id': token(one.id),
            status: stateOf(one),
            remarks: one.verdict,
          },
          ...(related.length > 0 && {
            'related-observations': related.map((it) => ({ 'observation-uuid': observation(it) })),
          }),
        }
      }),
    }),
  }
}

function judgedUnder(rule: string, { assessment }: CheckResult): readonly Judged[] {
  return [
    ...assessment.provisions.flatMap(({ id, title, baseline, profiles }) => {
      const verdict = rule === 'baseline' ? baseline : profiles[rule]
      return verdict ? [{ ...verdict, id, title }] : []
    }),
    ...assessment.requirements
      .filter(({ profile }) => profile === rule)
      .map(({ id, title, result }) => ({ ...result, id, title })),
  ]
}

function stateOf({ verdict }: Judged): { readonly state: string; readonly reason?: string } {
  if (verdict === 'pass') return { state: 'satisfied', reason: 'pass' }
  return { state: 'not-satisfied', reason: verdict === 'fail' ? 'fail' : 'other' }
}
