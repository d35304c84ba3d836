import { NormalizedSchema } from '@smithy/core/schema';
import { SERVICE_ROWS, type ServiceRow } from './service-rows.ts';
import { type Shape, type StructureShape, shapeOf } from './shape.ts';
import { readUriPattern, type UriPattern } from './uri-pattern.ts';

/** A service of AWS that the emulator speaks for, as its SDK package describes it. */
export interface AwsService extends Omit<ServiceRow, 'load'> {
  /** As in the scope of signatures. */
  readonly name: string;
  readonly operations: ReadonlyMap<string, OperationShape>;
  /** Its errors, by the name of their shape and by the code that stands for them in AWS Query. */
  readonly errors: ReadonlyMap<string, ErrorShape>;
}

/** Input and output of an operation. */
export interface OperationShape {
  readonly input: StructureShape;
  readonly output: StructureShape;
  /** How it is called where the protocol uses all of HTTP. */
  readonly http: HttpForm | null;
}

/** Method, path and status of an operation. */
export interface HttpForm {
  readonly method: string;
  readonly uri: UriPattern;
  readonly status: number;
}

/** An error that a service's model knows. */
export interface ErrorShape {
  readonly name: string;
  /** What stands for it in AWS Query. */
  readonly queryCode: string;
  readonly status: number;
  readonly shape: StructureShape;
}

// Smithy's static schemas begin with what they are: 9 is an operation, -3 an error.
type OperationSchema = readonly [9, string, string, unknown, Schema, Schema];

type ErrorSchema = readonly [-3, string, string];

type Schema = Parameters<typeof shapeOf>[0];

const isOperation = (exported: unknown): exported is OperationSchema => Array.isArray(exported) && exported[0] === 9;

const isError = (exported: unknown): exported is ErrorSchema & Schema => Array.isArray(exported) && exported[0] === -3;

const structureOf = (shape: Shape): StructureShape => {
  if (shape.kind !== 'structure') throw new Error(`an operation takes or gives a ${shape.kind}`);
  return shape;
};

const operationShape = ([, , , traits, input, output]: OperationSchema): OperationShape => ({
  input: structureOf(shapeOf(input)),
  output: structureOf(shapeOf(output)),
  http: httpForm(traits),
});

const httpForm = (traits: unknown): HttpForm | null => {
  const http: unknown = typeof traits === 'object' && traits !== null && 'http' in traits ? traits.http : undefined;
  if (!isList(http)) return null;
  const [method, uri, status] = http;
  return typeof method === 'string' && typeof uri === 'string' && typeof status === 'number'
    ? { method, uri: readUriPattern(uri), status }
    : null;
};

const errorShape = (error: ErrorSchema & Schema): ErrorShape => {
  const { awsQueryError, httpError, error: fault } = NormalizedSchema.of(error).getMergedTraits();
  const [queryCode, queryStatus] = isList(awsQueryError) ? awsQueryError : [];
  const ownStatus = typeof httpError === 'number' ? httpError : fault === 'server' ? 500 : 400;
  return {
    name: error[2],
    queryCode: typeof queryCode === 'string' ? queryCode : error[2],
    status: typeof queryStatus === 'number' ? queryStatus : ownStatus,
    shape: structureOf(shapeOf(error)),
  };
};

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

const serviceOf = (name: string, { load: _, ...row }: ServiceRow, schemas: object): AwsService => {
  const exported: readonly unknown[] = Object.values(schemas);
  const errors = exported.filter(isError).map(errorShape);
  return {
    ...row,
    name,
    operations: new Map(exported.filter(isOperation).map((schema) => [schema[2], operationShape(schema)])),
    errors: new Map([
      ...errors.map((each) => [each.name, each] as const),
      ...errors.map((each) => [each.queryCode, each] as const),
    ]),
  };
};

const loaded = new Map<string, Promise<AwsService>>();

/** The service of a name; its schemas are loaded when it is first asked for. */
export const awsService = async (name: string): Promise<AwsService | undefined> => {
  const row = SERVICE_ROWS.get(name);
  if (row === undefined) return undefined;
  const service = loaded.get(name) ?? row.load().then((schemas) => serviceOf(name, row, schemas));
  loaded.set(name, service);
  return service;
};

/** The names of the services that the emulator speaks for. */
export const awsServiceNames: readonly string[] = [...SERVICE_ROWS.keys()];
