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

function statementsOf(file: string): readonly ts.Statement[] {
  const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')
  return ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true).statements
}
