import { type CityResponse, type CountryResponse, open, type Reader } from 'maxmind';

/** Where an address is, as far as the operator's own database knows. */
export interface Location {
  country: string | null;
  city: string | null;
}

export type Locate = (ip: string) => Location;

const nowhere: Location = { country: null, city: null };

/** Reads a MaxMind file (`GEOIP_DB`); none is shipped. Throws when the file cannot be read. */
export async function openLocations(file: string | undefined): Promise<Locate> {
  if (!file) return () => nowhere;
  const reader: Reader<CityResponse & CountryResponse> = await open(file);
  return (ip) => {
    const found = reader.get(ip);
    if (!found) return nowhere;
    return { country: found.country?.iso_code ?? null, city: found.city?.names.en ?? null };
  };
}
