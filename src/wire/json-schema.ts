/** The part of JSON Schema (draft 7) that the schemas of this package are written in. */
export interface JsonSchema {
  readonly $schema?: string;
  readonly $id?: string;
  readonly description?: string;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly minimum?: number;
  readonly pattern?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly propertyNames?: { readonly pattern: string };
  readonly items?: JsonSchema;
  readonly maxItems?: number;
}
