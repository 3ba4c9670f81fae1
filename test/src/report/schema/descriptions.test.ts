import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { reportSchema } from '../../../../src/report/schema/report-schema.ts';

interface Schema {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

describe('the description of a field', () => {
  it('is there for every field of the report', () => {
    expect(undescribed(JSON.parse(JSON.stringify(reportSchema)), 'report')).toEqual([]);
  });

  it('is the comment that an editor shows of it', () => {
    const fields = readdirSync(folder).flatMap((file) => fieldsIn(new URL(file, folder)));
    expect(fields.length).toBeGreaterThan(100);
    for (const { name, comment, description } of fields) expect([name, description]).toEqual([name, comment]);
  });
});

function undescribed({ properties = {}, items }: Schema, path: string): string[] {
  const within = Object.entries(properties).flatMap(([name, field]) => [
    ...(field.description ? [] : [`${path}.${name}`]),
    ...undescribed(field, `${path}.${name}`),
  ]);
  return items ? [...within, ...undescribed(items, `${path}[]`)] : within;
}

const folder = new URL('../../../../src/report/schema/', import.meta.url);

interface Field {
  readonly name: string;
  readonly comment: string | undefined;
  readonly description: string | undefined;
}

/** The fields of the objects that a file declares, but for those that are schemas by a name of their own. */
function fieldsIn(file: URL): Field[] {
  const source = ts.createSourceFile(file.pathname, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const fields: Field[] = [];
  const visit = (node: ts.Node) => {
    const isObject = ts.isCallExpression(node) && node.expression.getText() === 'Type.Object';
    const [shape] = isObject ? node.arguments : [];
    if (shape && ts.isObjectLiteralExpression(shape)) {
      for (const property of shape.properties.filter(ts.isPropertyAssignment)) {
        const [comment] = ts.getJSDocCommentsAndTags(property);
        fields.push({
          name: property.name.getText(),
          comment: ts.getTextOfJSDocComment(comment?.comment),
          description: textsIn(property.initializer).at(-1),
        });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return fields;
}

/** The string literals in an expression; a description is the last. */
function textsIn(node: ts.Node): string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  return node.getChildren().flatMap(textsIn);
}
