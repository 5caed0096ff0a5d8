import { type CatalogueRule, digestOf, type ProfileRule } from '@messlatte/conformity'
import type { Language } from '@messlatte/model'
import { uuidOf } from '../result/uuid.ts'
import { metadata, OURS, prop, resourceId, resources, token } from './common.ts'

/**
 * A rule as an OSCAL profile over a catalog of ours, which `catalogHref` leads to: the provisions that it asks, what it raises and
 * asks beyond them, each line with its reason and the status of its source; or all of its own requirements.
 */
export function writeOscalProfile(
  rule: ProfileRule,
  { provisions }: CatalogueRule,
  catalogHref: string,
  language: Language,
): string {
  const { version, title, asks, requirements, sources, caveat, lastFreeDay, zone } = rule
  const seed = `${digestOf(rule)} profile ${language}`
  const asked = asks === 'all' ? provisions.map(({ id }) => id) : asks
  const own = asked.length === 0 && requirements.length > 0
  const alters = own ? [] : altersOf(rule, seed, language)
  return `${JSON.stringify(
    {
      profile: {
        uuid: uuidOf(seed),
        metadata: {
          ...metadata(title[language], version, sources),
          props: [
            ...(lastFreeDay === null ? [] : [prop('last-free-day', lastFreeDay), prop('zone', zone)]),
            prop('rule', rule.id),
          ],
          remarks: caveat[language],
        },
        imports: [
          own || asks === 'all'
            ? { href: catalogHref, 'include-all': {} }
            : { href: catalogHref, 'include-controls': [{ 'with-ids': asked.map(token) }] },
        ],
        merge: { 'as-is': true },
        ...(alters.length > 0 && { modify: { alters } }),
        'back-matter': resources(seed, sources, language),
      },
    },
    null,
    2,
  )}\n`
}

/** One for each provision that the rule says something about. */
function altersOf({ overrides, criteria }: ProfileRule, seed: string, language: Language) {
  const ids = [...new Set([...overrides.map(({ id }) => id), ...criteria.map(({ provision }) => provision)])]
  return ids.map((id) => {
    const raised = overrides.filter((one) => one.id === id)
    const further = criteria.filter(({ provision }) => provision === id)
    const used = [...new Set([...raised, ...further].map(({ source }) => source))]
    return {
      'control-id': token(id),
      adds: [
        {
          position: 'ending',
          ...(raised.length > 0 && {
            props: raised.flatMap(({ to, sourceStatus, reason }) => [
              { ...prop('status-under-rule', to), remarks: reason[language] },
              prop('status-under-rule-source', sourceStatus),
            ]),
          }),
          links: used.map((source) => ({ href: `#${resourceId(seed, source)}`, rel: 'reference' })),
          ...(further.length > 0 && {
            parts: further.map((one) => ({
              id: token(one.id),
              name: 'criterion',
              ns: OURS,
              props: [prop('source-status', one.sourceStatus)],
              prose: one.title[language],
            })),
          }),
        },
      ],
    }
  })
}
