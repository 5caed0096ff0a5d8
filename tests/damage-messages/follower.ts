import { relative } from 'node:path'
import {
  type CallExpression,
  type Expression,
  type Node,
  type ParameterDeclaration,
  SyntaxKind,
} from 'typescript/unstable/ast'
import * as is from 'typescript/unstable/ast/is'
import {
  type Checker,
  type Symbol as Named,
  SignatureKind,
  type Type,
  TypeFlags,
} from 'typescript/unstable/sync'
import { distinct, isProse, MESSAGE, NAME, NUMBER, type Pieces, templateOf } from './pieces.ts'
import { keysOf, propertyKey, READERS, type Sources } from './sources.ts'

/** What one place of a sentence can hold; beyond it, it holds a name. */
const MOST = 24

/** A sentence of the readers, with its places, and where it stands. */
export interface Said {
  readonly template: string
  readonly at: string
}

/**
 * Follows what is handed over as a `message`, or made into an error whose message is passed on, back to where it is written: through
 * parameters, constants, tables, functions that give texts back, lists, and functions that are handed over themselves.
 */
export class Follower {
  readonly #checker: Checker
  readonly #sources: Sources
  readonly #root: string
  /** Parameters whose arguments are messages. */
  readonly #messages = new Set<string>()
  /** Classes of errors whose messages are passed on. */
  readonly #errors = new Set<string>()
  readonly #known = new Map<Node, readonly Pieces[]>()
  readonly #knownAtTop = new Map<Node, readonly Pieces[]>()
  readonly #knownElements = new Map<Node, readonly Node[]>()
  readonly #said = new Map<string, string>()

  constructor(checker: Checker, sources: Sources, root: string) {
    this.#checker = checker
    this.#sources = sources
    this.#root = root
  }

  follow(): readonly Said[] {
    for (const symbol of this.#sources.named) this.#isMessage(symbol)
    // What is found to carry messages in the course of a pass may have been taken for text before.
    for (let before = -1; before < this.#carriers(); ) {
      before = this.#carriers()
      this.#pass()
    }
    return [...this.#said]
      .map(([template, at]) => ({ template, at }))
      .sort((a, b) => (a.template < b.template ? -1 : 1))
  }

  #carriers(): number {
    return this.#messages.size + this.#errors.size
  }

  #pass(): void {
    this.#said.clear()
    this.#known.clear()
    this.#knownAtTop.clear()
    for (const [key, nodes] of this.#sources.properties)
      if (key.endsWith(':message'))
        for (const one of nodes.flatMap((node) => this.#value(node))) this.#say(one)
    for (const error of this.#errors) for (const arg of this.#sources.made.get(error) ?? []) this.#say(arg)
    for (const key of this.#messages) for (const arg of this.#sources.handed.get(key) ?? []) this.#say(arg)
  }

  #say(expression: Node): void {
    for (const pieces of this.#alternatives(expression, true)) {
      const template = templateOf(pieces)
      if (template === undefined || this.#said.has(template)) continue
      const file = expression.getSourceFile()
      const line = file.text.slice(0, expression.end).split('\n').length
      this.#said.set(template, `${relative(this.#root, file.fileName)}:${line}`)
    }
  }

  #isMessage(symbol: Named): void {
    for (const key of keysOf(symbol)) {
      this.#messages.add(key)
    }
    for (const handle of symbol.declarations)
      for (const other of this.#asHandedOver(handle.resolve())) this.#isMessage(other)
  }

  /** The parameters of a function type that a function's own parameter stands for, where the function is handed over. */
  #asHandedOver(parameter: Node | undefined): readonly Named[] {
    if (!parameter || !is.isParameterDeclaration(parameter)) return []
    const type = this.#typeAsHandedOver(parameter.parent)
    if (!type) return []
    const index = (parameter.parent as { readonly parameters?: readonly Node[] }).parameters?.indexOf(
      parameter,
    )
    return this.#checker
      .getSignaturesOfType(type, SignatureKind.Call)
      .flatMap((signature) => signature.getParameters()[index ?? 0] ?? [])
  }

  #typeAsHandedOver(owner: Node): Type | undefined {
    if (is.isArrowFunction(owner) || is.isFunctionExpression(owner))
      return this.#checker.getContextualType(owner)
    if (!is.isMethodDeclaration(owner) || !is.isObjectLiteralExpression(owner.parent)) return undefined
    const whole = this.#checker.getContextualType(owner.parent)
    const member = whole && this.#checker.getPropertyOfType(whole, owner.name.getText())
    return member && this.#checker.getTypeOfSymbol(member)
  }

  /** What an expression can say. At the `top`, what comes in through a parameter is looked at where it is handed over. */
  #alternatives(node: Node, top: boolean): readonly Pieces[] {
    const known = top ? this.#knownAtTop : this.#known
    const before = known.get(node)
    if (before) return before
    // What leads back to itself adds nothing.
    known.set(node, [])
    const all = distinct(this.#followed(node, top))
    const found = top || all.length <= MOST ? all : [NAME]
    known.set(node, found)
    return found
  }

  #followed(node: Node, top: boolean): readonly Pieces[] {
    const more = (one: Node) => this.#alternatives(one, top)
    if (
      is.isParenthesizedExpression(node) ||
      is.isAsExpression(node) ||
      is.isSatisfiesExpression(node) ||
      is.isNonNullExpression(node)
    )
      return more(node.expression)
    if (is.isStringLiteral(node) || is.isNoSubstitutionTemplateLiteral(node)) return [[node.text]]
    if (is.isTemplateExpression(node))
      return node.templateSpans.reduce<readonly Pieces[]>(
        (all, { expression, literal }) => joined(all, joined(this.#place(expression), [[literal.text]])),
        [[node.head.text]],
      )
    if (is.isConditionalExpression(node)) return [...more(node.whenTrue), ...more(node.whenFalse)]
    const types = this.#types(node)
    if (types.length === 0 || is.isObjectLiteralExpression(node)) return []
    if (types.every(isNumber)) return [NUMBER]
    if (is.isBinaryExpression(node)) {
      if (node.operatorToken.kind === SyntaxKind.PlusToken)
        return joined(this.#place(node.left), this.#place(node.right))
      return [...more(node.left), ...more(node.right)]
    }
    if (types.length <= MOST && types.every((one) => one.isStringLiteralType()))
      return types.flatMap((one) => (one.isStringLiteralType() ? [[one.value]] : []))
    if (is.isPropertyAccessExpression(node) && node.name.text === 'message') {
      for (const type of this.#types(node.expression)) this.#isPassedOn(type)
      return [MESSAGE]
    }
    if (is.isIdentifier(node) || is.isPropertyAccessExpression(node)) return this.#named(node, top)
    if (is.isElementAccessExpression(node)) return orName(this.#elements(node.expression), more)
    if (is.isCallExpression(node)) return this.#called(node, more)
    return [NAME]
  }

  #called(node: CallExpression, more: (node: Node) => readonly Pieces[]): readonly Pieces[] {
    const callee = node.expression
    const on = is.isPropertyAccessExpression(callee) ? this.#types(callee.expression) : []
    if (on.length > 0 && on.every(isNumber)) return [NUMBER]
    // A text that is cut or trimmed stays what it is.
    if (is.isPropertyAccessExpression(callee) && on.some(isText)) return more(callee.expression)
    return orName(this.#givenBack(node), more)
  }

  /** What a place within a sentence can hold. */
  #place(node: Expression): readonly Pieces[] {
    const found = this.#alternatives(node, false)
    // Beside a name, what is no sentence is one too.
    const some = found.includes(NAME) ? found.filter((one) => one === NAME || isProse(one)) : found
    return some.length === 0 ? [NAME] : some
  }

  #types(node: Node): readonly Type[] {
    const type = this.#checker.getTypeAtLocation(node)
    const each = type?.isUnionType() ? (type.getTypes() ?? []) : type ? [type] : []
    return each.filter((one) => (one.flags & (TypeFlags.Undefined | TypeFlags.Null)) === 0)
  }

  #isPassedOn(type: Type): void {
    const handles = type.getSymbol()?.declarations ?? []
    for (const declaration of handles.map((handle) => handle.resolve()))
      if (declaration && is.isClassDeclaration(declaration) && declaration.name)
        this.#isPassedOnOf(declaration.name.text)
  }

  #isPassedOnOf(error: string): void {
    if (this.#errors.has(error)) return
    this.#errors.add(error)
    for (const kind of this.#sources.kinds.get(error) ?? []) this.#isPassedOnOf(kind)
  }

  #named(node: Node, top: boolean): readonly Pieces[] {
    const symbol = this.#symbol(node)
    const declarations = this.#declarations(symbol)
    const parameter = declarations.find((one) => is.isParameterDeclaration(one))
    if (symbol && parameter) return this.#parameter(symbol, parameter as ParameterDeclaration, top)
    const held = declarations.flatMap((one) => this.#held(one, symbol as Named))
    const told = declarations.flatMap((one) => this.#property(one, top))
    return told.length > 0 ? told : orName(held, (one) => this.#alternatives(one, top))
  }

  #symbol(node: Node): Named | undefined {
    if (is.isShorthandPropertyAssignment(node.parent))
      return this.#checker.getShorthandAssignmentValueSymbol(node.parent)
    return this.#checker.getSymbolAtLocation(is.isPropertyAccessExpression(node) ? node.name : node)
  }

  #declarations(symbol: Named | undefined): readonly Node[] {
    const nodes = (symbol?.declarations ?? []).flatMap((handle) => handle.resolve() ?? [])
    if (!symbol || !nodes.some((one) => is.isImportSpecifier(one))) return nodes
    return this.#checker.getAliasedSymbol(symbol).declarations.flatMap((handle) => handle.resolve() ?? [])
  }

  #parameter(symbol: Named, declaration: ParameterDeclaration, top: boolean): readonly Pieces[] {
    if (top) {
      this.#isMessage(symbol)
      return []
    }
    const keys = [symbol, ...this.#asHandedOver(declaration)].flatMap(keysOf)
    if (keys.some((key) => this.#messages.has(key))) return [MESSAGE]
    const handed = keys.flatMap((key) => this.#sources.handed.get(key) ?? [])
    return orName(handed, (arg) => this.#alternatives(arg, false))
  }

  /** What a variable holds: from its declaration on, and what is assigned to it. */
  #held(declaration: Node, symbol: Named): readonly Node[] {
    if (is.isGetAccessorDeclaration(declaration)) return this.#value(declaration)
    if (!is.isVariableDeclaration(declaration)) return []
    if (keysOf(symbol).some((key) => this.#sources.grown.has(key))) return []
    const assigned = keysOf(symbol).flatMap((key) => this.#sources.assigned.get(key) ?? [])
    const loop = declaration.parent.parent
    if (is.isForOfStatement(loop) && loop.initializer === declaration.parent)
      return this.#elements(loop.expression)
    return declaration.initializer ? [declaration.initializer, ...assigned] : assigned
  }

  /** A property is followed by its name within its folder, and only to sentences: most properties are names. */
  #property(declaration: Node, top: boolean): readonly Pieces[] {
    return this.#assignedTo(declaration)
      .flatMap((one) => this.#alternatives(one, top))
      .filter(isProse)
  }

  #assignedTo(declaration: Node, isList = false): readonly Node[] {
    const { name, propertyName } = declaration as { readonly name?: Node; readonly propertyName?: Node }
    const isOne =
      is.isBindingElement(declaration) ||
      is.isPropertySignatureDeclaration(declaration) ||
      is.isPropertyDeclaration(declaration) ||
      is.isPropertyAssignment(declaration) ||
      is.isShorthandPropertyAssignment(declaration)
    const key = isOne && name ? propertyKey(declaration, (propertyName ?? name).getText(), isList) : ''
    return (this.#sources.properties.get(key) ?? []).flatMap((one) => this.#value(one))
  }

  /** What a property of an object literal, or of a class, is set to. */
  #value(property: Node): readonly Node[] {
    if (is.isShorthandPropertyAssignment(property)) return [property.name]
    if (is.isBinaryExpression(property)) return [property.right]
    if (is.isGetAccessorDeclaration(property)) return property.body ? returned(property.body) : []
    const { initializer } = property as { readonly initializer?: Node }
    return initializer ? [initializer] : []
  }

  /** The members of a list, a set or a table, as far as they are written down. */
  #elements(node: Node): readonly Node[] {
    const before = this.#knownElements.get(node)
    if (before) return before
    this.#knownElements.set(node, [])
    const found = this.#members(node)
    this.#knownElements.set(node, found)
    return found
  }

  #members(node: Node): readonly Node[] {
    const more = (one: Node) => this.#elements(one)
    if (is.isAsExpression(node) || is.isSatisfiesExpression(node) || is.isParenthesizedExpression(node))
      return more(node.expression)
    if (is.isSpreadElement(node)) return more(node.expression)
    if (is.isBinaryExpression(node)) return [...more(node.left), ...more(node.right)]
    if (is.isConditionalExpression(node)) return [...more(node.whenTrue), ...more(node.whenFalse)]
    if (is.isArrayLiteralExpression(node))
      return node.elements.flatMap((one) => (is.isSpreadElement(one) ? more(one) : [one]))
    if (is.isObjectLiteralExpression(node))
      return node.properties.flatMap((one) => (is.isPropertyAssignment(one) ? [one.initializer] : []))
    if (is.isCallExpression(node)) return [...this.#givenBack(node).flatMap(more), ...this.#yielded(node)]
    if (!is.isIdentifier(node) && !is.isPropertyAccessExpression(node)) return []
    const symbol = this.#symbol(node)
    const added = symbol ? keysOf(symbol).flatMap((key) => this.#sources.added.get(key) ?? []) : []
    const declarations = this.#declarations(symbol)
    const held = declarations.flatMap((one) => [
      ...this.#held(one, symbol as Named),
      ...this.#assignedTo(one, true),
    ])
    return [...added, ...held.flatMap(more)]
  }

  /** What a function of ours can give back; nothing of one of a library. */
  #givenBack(call: Node): readonly Node[] {
    const body = this.#body(call)
    if (!body) return []
    return is.isBlock(body) ? returned(body) : [body]
  }

  #yielded(call: Node): readonly Node[] {
    const body = this.#body(call)
    if (!body) return []
    return within(body).flatMap((node) =>
      is.isYieldExpression(node) && node.expression ? [node.expression] : [],
    )
  }

  #body(call: Node): Node | undefined {
    const declaration = this.#checker.getResolvedSignature(call)?.declaration?.resolve()
    if (!declaration || !READERS.test(declaration.getSourceFile().fileName)) return undefined
    return (declaration as { readonly body?: Node }).body
  }
}

function returned(body: Node): readonly Node[] {
  return within(body).flatMap((node) =>
    is.isReturnStatement(node) && node.expression ? [node.expression] : [],
  )
}

/** All nodes of a function, without those of functions within it. */
function within(body: Node): readonly Node[] {
  const found: Node[] = []
  const visit = (node: Node): void => {
    if (is.isArrowFunction(node) || is.isFunctionExpression(node) || is.isFunctionDeclaration(node)) return
    found.push(node)
    node.forEachChild(visit)
  }
  body.forEachChild(visit)
  return found
}

function joined(before: readonly Pieces[], after: readonly Pieces[]): readonly Pieces[] {
  return before.flatMap((one) => after.map((two) => [...one, ...two]))
}

/** What nobody wrote down is a name. */
function orName(nodes: readonly Node[], follow: (node: Node) => readonly Pieces[]): readonly Pieces[] {
  return nodes.length > 0 ? nodes.flatMap(follow) : [NAME]
}

function isText(type: Type): boolean {
  return (type.flags & TypeFlags.StringLike) !== 0
}

function isNumber(type: Type): boolean {
  return (type.flags & (TypeFlags.NumberLike | TypeFlags.BigIntLike)) !== 0
}
