import { dirname } from 'node:path'
import {
  type BinaryExpression,
  type CallExpression,
  type ClassDeclaration,
  type Expression,
  type NewExpression,
  type Node,
  SyntaxKind,
} from 'typescript/unstable/ast'
import * as is from 'typescript/unstable/ast/is'
import type { Checker, Symbol as Named } from 'typescript/unstable/sync'

/** Rooms whose readers speak of damage, without what only tests and pages use. */
export const READERS =
  /\/packages\/(?:unpack|bytes)\/src\/(?!(?:.*\/)?(?:testing|fuzz|page|engine|sandbox)\/|.*\.test\.ts$)/

const EVERYWHERE = '*'
const ADDING = new Set(['add', 'push', 'unshift'])

/** What the readers' files hold, found once, so that it need not be searched for at every step. */
export class Sources {
  /** What is handed over to each parameter, by its declarations. */
  readonly handed = new Map<string, Expression[]>()
  /** What each class of errors is made with as its message, by its name, and the classes under it. */
  readonly made = new Map<string, Expression[]>()
  readonly kinds = new Map<string, string[]>()
  /** Properties of object literals and classes, by their folder and name. */
  readonly properties = new Map<string, Node[]>()
  /** What is assigned to a variable after its declaration, or added to a list or set, by its declarations. */
  readonly assigned = new Map<string, Expression[]>()
  readonly added = new Map<string, Expression[]>()
  /** Variables that are put together piece by piece. */
  readonly grown = new Set<string>()
  /** Parameters with the name `message`, other than those of errors. */
  readonly named: Named[] = []
  readonly #checker: Checker

  constructor(checker: Checker, files: readonly Node[]) {
    this.#checker = checker
    for (const file of files) file.forEachChild((node) => this.#visit(node, undefined))
  }

  #visit(node: Node, error: string | undefined): void {
    if (is.isClassDeclaration(node)) {
      const own = this.#classOfErrors(node)
      node.forEachChild((one) => this.#visit(one, own))
      return
    }
    if (is.isCallExpression(node) || is.isNewExpression(node)) this.#call(node, error)
    else if (is.isParameterDeclaration(node)) this.#parameter(node.name, error)
    else if (
      is.isPropertyAssignment(node) ||
      is.isShorthandPropertyAssignment(node) ||
      is.isPropertyDeclaration(node) ||
      is.isGetAccessorDeclaration(node)
    )
      this.#property(node, node.name.getText())
    else if (is.isBinaryExpression(node) && node.operatorToken.kind === SyntaxKind.EqualsToken)
      this.#assignment(node)
    else if (is.isBinaryExpression(node) && node.operatorToken.kind === SyntaxKind.PlusEqualsToken) {
      const symbol = this.#checker.getSymbolAtLocation(node.left)
      for (const key of symbol ? keysOf(symbol) : []) this.grown.add(key)
    }
    node.forEachChild((one) => this.#visit(one, error))
  }

  #classOfErrors(node: ClassDeclaration): string | undefined {
    const parent = node.heritageClauses?.[0]?.types[0]?.expression.getText() ?? ''
    if (!parent.endsWith('Error') || !node.name) return undefined
    append(this.kinds, parent, node.name.text)
    return node.name.text
  }

  #parameter(name: Node, error: string | undefined): void {
    if (error !== undefined || !is.isIdentifier(name) || name.text !== 'message') return
    const symbol = this.#checker.getSymbolAtLocation(name)
    if (symbol) this.named.push(symbol)
  }

  #call(node: CallExpression | NewExpression, error: string | undefined): void {
    const args = node.arguments ?? []
    if (args.length === 0) return
    const callee = node.expression
    if (is.isPropertyAccessExpression(callee) && ADDING.has(callee.name.text))
      for (const arg of args) this.#keep(this.added, callee.expression, arg)
    const isSuper = callee.kind === SyntaxKind.SuperKeyword
    const made = is.isNewExpression(node) ? callee.getText() : isSuper ? error : undefined
    const parameters = this.#checker.getResolvedSignature(node)?.getParameters() ?? []
    for (const [index, arg] of args.entries()) {
      const taker = parameters[index]
      if (taker && made !== undefined && taker.name === 'message') append(this.made, made, arg)
      else for (const key of taker ? keysOf(taker) : []) append(this.handed, key, arg)
    }
  }

  #assignment(node: BinaryExpression): void {
    const { left, right } = node
    if (is.isPropertyAccessExpression(left) && left.expression.kind === SyntaxKind.ThisKeyword)
      this.#property(node, left.name.getText())
    else this.#keep(this.assigned, left, right)
  }

  #property(node: Node, name: string): void {
    append(this.properties, `${dirname(node.getSourceFile().fileName)}:${name}`, node)
    append(this.properties, `${EVERYWHERE}:${name}`, node)
  }

  #keep(into: Map<string, Expression[]>, variable: Node, value: Expression): void {
    if (!is.isIdentifier(variable)) return
    const symbol = this.#checker.getSymbolAtLocation(variable)
    for (const key of symbol ? keysOf(symbol) : []) append(into, key, value)
  }
}

/** Where a symbol is declared: the same for every mention of it. */
export function keysOf(symbol: Named): readonly string[] {
  return symbol.declarations.map((handle) => `${handle.path}:${handle.index}`)
}

/** Properties that a declaration may stand for: those of its folder, and of a list that several formats share all of its name. */
export function propertyKey(declaration: Node, name: string, isList: boolean): string {
  const folder = dirname(declaration.getSourceFile().fileName)
  return `${isList && folder.endsWith('/formats') ? EVERYWHERE : folder}:${name}`
}

function append<T>(into: Map<string, T[]>, key: string, one: T): void {
  const list = into.get(key)
  if (list) list.push(one)
  else into.set(key, [one])
}
