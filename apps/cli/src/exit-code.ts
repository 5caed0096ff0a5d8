import type { CheckOptions, ProvisionResult, RequirementResult, Verdict } from '@messlatte/model'

const BAD: readonly Verdict[] = ['fail', 'contested']

/**
 * 0 nothing in the scope of `--fail-on` fails or is contested, 1 something does. Where no profile was asked for, the
 * baseline stands in its place: a scope of nothing would pass everything.
 */
export function exitCode(
  options: Pick<CheckOptions, 'failOn' | 'profiles'>,
  provisions: readonly ProvisionResult[],
  requirements: readonly RequirementResult[],
): 0 | 1 {
  const alone = options.profiles.length === 0
  const anyOf = (verdicts: readonly Verdict[], scope: 'profile' | 'baseline') =>
    (scope === 'baseline' || alone
      ? provisions.map(({ baseline }) => baseline)
      : [
          ...provisions.flatMap(({ profiles }) => Object.values(profiles)),
          ...requirements.map(({ result }) => result),
        ]
    ).some(({ verdict }) => verdicts.includes(verdict))
  switch (options.failOn) {
    case 'never':
      return 0
    case 'baseline':
      return anyOf(BAD, 'baseline') ? 1 : 0
    case 'profile':
      return anyOf(BAD, 'profile') ? 1 : 0
    case 'open':
      return anyOf([...BAD, 'open'], 'profile') || anyOf([...BAD, 'open'], 'baseline') ? 1 : 0
  }
}
