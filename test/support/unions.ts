/** Members of types, read from the source: types are gone when tests run. */

import { readFileSync } from 'node:fs'
import ts from 'typescript'

export function membersOfUnion(file: string, type: string): string[] {
  const alias = statementsOf(file).find(
    (statement): statement is ts.TypeAliasDeclaration =>
      ts.isTypeAliasDeclaration(statement) && statement.name.text === type,
  )
  if (alias === undefined) throw new Error(`${file} has no type ${type}`)
  const members = ts.isUnionTypeNode(alias.type) ? alias.type.types : [alias.type]
  return members.flatMap((member) =>
    ts.isLiteralTypeNode(member) && ts.isStringLiteral(member.literal) ? [member.literal.text] : [],
  )
}

/** The names of an interface's properties. */
export function membersOfInterface(file: string, type: string): string[] {
  const found = statementsOf(file).find(
    (statement): statement is ts.InterfaceDeclaration =>
      ts.isInterfaceDeclaration(statement) && statement.name.text === type,
  )
  if (found === undefined) throw new Error(`${file} has no interface ${type}`)
  return found.members.flatMap(({ name }) => (name && ts.isIdentifier(name) ? [name.text] : []))
}

/**
 * The value of a module's constant that isn't exported, such as a table of sentences.
 *
 * @param scope - What its expression names.
 */
export function constantOf<T>(file: string, name: string, scope: object = {}): T {
  const declarations = statementsOf(file)
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => [...declarationList.declarations])
  const found = declarations.find((one) => one.name.getText() === name)
  if (found?.initializer === undefined) throw new Error(`${file} has no constant ${name}`)
  const { outputText } = ts.transpileModule(`return ${found.initializer.getText()}`, {})
  return new Function(...Object.keys(scope), outputText)(...Object.values(scope))
}

/** The text arguments with which a class or a function is called: `new X('a', 'b')`. */
export function textsGivenTo(file: string, callee: string): string[][] {
  const calls: string[][] = []
  const visit = (node: ts.Node): void => {
    const isCall = ts.isNewExpression(node) || ts.isCallExpression(node)
    if (isCall && node.expression.getText() === callee) {
      calls.push((node.arguments ?? []).map(textOf))
    }
    ts.forEachChild(node, visit)
  }
  statementsOf(file).forEach(visit)
  return calls
}

/** A text, with an ellipsis for what is put into it. */
function textOf(node: ts.Expression): string {
  if (ts.isTemplateExpression(node)) {
    return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('…')
  }
  return ts.isStringLiteralLike(node) ? node.text : ''
}

function statementsOf(file: string): readonly ts.Statement[] {
  const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')
  return ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true).statements
}

/** All texts of a module, with an ellipsis for what is put into them. */
export function textsIn(file: string): string[] {
  const texts: string[] = []
  const visit = (node: ts.Node): void => {
    const text = ts.isStringLiteralLike(node) || ts.isTemplateExpression(node) ? textOf(node) : ''
    if (text !== '') texts.push(text)
    ts.forEachChild(node, visit)
  }
  statementsOf(file).forEach(visit)
  return texts
}

/** The pairs of texts that a module has as arrays: `['code', 'sentence']`. */
export function pairsIn(file: string): string[][] {
  const pairs: string[][] = []
  const visit = (node: ts.Node): void => {
    if (ts.isArrayLiteralExpression(node) && node.elements.length === 2) {
      pairs.push(node.elements.map(textOf))
    }
    ts.forEachChild(node, visit)
  }
  statementsOf(file).forEach(visit)
  return pairs.filter((texts) => !texts.includes(''))
}
