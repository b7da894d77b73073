import type { Place } from '../../../flows/facts.ts'

const EARTH_KM = 6371.0088

/** Great-circle distance in kilometres (haversine). NaN coordinates are infinitely far away. */
export function distanceKm(a: Place, b: Place): number {
  const rad = Math.PI / 180
  const dLat = (b.lat - a.lat) * rad
  const dLon = (b.lon - a.lon) * rad
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * Math.sin(dLon / 2) ** 2
  const km = 2 * EARTH_KM * Math.asin(Math.sqrt(Math.min(1, h)))
  return Number.isNaN(km) || !isPlace(a) || !isPlace(b) ? Number.POSITIVE_INFINITY : km
}

function isPlace({ lat, lon }: Place): boolean {
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180
}
