import { encode } from 'uqr';

/** A QR code as the data of one path of unit squares on a field of `size`. */
export interface Code {
  size: number;
  path: string;
}

/** Makes the code of an address. */
export default function qr(text: string): Code {
  const { size, data } = encode(text, { border: 0 });
  let path = '';
  data.forEach((row, y) => {
    row.forEach((dark, x) => {
      if (dark) path += `M${x} ${y}h1v1h-1z`;
    });
  });
  return { size, path };
}
