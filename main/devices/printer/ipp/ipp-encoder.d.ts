declare module 'ipp-encoder' {
  export interface Attribute {
    readonly tag: number;
    readonly name: string;
    readonly value: string | number | boolean | readonly (string | number | boolean)[];
  }
  export interface IppRequest {
    readonly version: { readonly major: number; readonly minor: number };
    readonly operationId: number;
    readonly requestId: number;
    readonly groups: readonly { readonly tag: number; readonly attributes: readonly Attribute[] }[];
  }
  interface Codec {
    encode(message: IppRequest, buffer: Buffer): Buffer;
    encodingLength(message: IppRequest): number;
  }
  const ipp: { readonly request: Codec };
  export default ipp;
}
