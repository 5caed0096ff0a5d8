import type { Host, Truth } from './evaluate.ts'

/** The outcome of `[ … ]`, where the image decides it. */
export function truthOfTest(args: readonly string[], host: Host): Truth {
  const either = splitAt(args, ['-o', '||'])
  if (either.length > 1) return anyOf(either.map((part) => truthOfTest(part, host)))
  const both = splitAt(args, ['-a', '&&'])
  if (both.length > 1) return allOf(both.map((part) => truthOfTest(part, host)))
  if (args[0] === '!') {
    const truth = truthOfTest(args.slice(1), host)
    return truth === undefined ? undefined : !truth
  }
  return simple(args, host)
}

function splitAt(args: readonly string[], signs: readonly string[]): readonly (readonly string[])[] {
  const parts: string[][] = [[]]
  for (const arg of args) {
    if (signs.includes(arg) && parts.at(-1)?.length) parts.push([])
    else parts.at(-1)?.push(arg)
  }
  return parts
}

function anyOf(truths: readonly Truth[]): Truth {
  if (truths.includes(true)) return true
  return truths.includes(undefined) ? undefined : false
}

function allOf(truths: readonly Truth[]): Truth {
  if (truths.includes(false)) return false
  return truths.includes(undefined) ? undefined : true
}

function simple(args: readonly string[], host: Host): Truth {
  const [first = '', second, third] = args
  if (args.some((arg) => arg.includes('$'))) return undefined
  if (args.length === 1) return first !== ''
  if (args.length === 2) return unary(first, second ?? '', host)
  return args.length === 3 ? binary(first, second ?? '', third ?? '') : undefined
}

function unary(sign: string, value: string, host: Host): Truth {
  switch (sign) {
    case '-n':
      return value !== ''
    case '-z':
      return value === ''
    case '-e':
    case '-r':
    case '-s':
    case '-L':
    case '-h':
      return host.exists(value, 'any')
    case '-f':
      return host.exists(value, 'file')
    case '-d':
      return host.exists(value, 'directory')
    case '-x':
      return host.exists(value, 'executable')
    default:
      return undefined
  }
}

function binary(left: string, sign: string, right: string): Truth {
  switch (sign) {
    case '=':
    case '==':
      return left === right
    case '!=':
      return left !== right
    case '-eq':
      return Number(left) === Number(right)
    case '-ne':
      return Number(left) !== Number(right)
    case '-gt':
      return Number(left) > Number(right)
    case '-ge':
      return Number(left) >= Number(right)
    case '-lt':
      return Number(left) < Number(right)
    case '-le':
      return Number(left) <= Number(right)
    default:
      return undefined
  }
}
