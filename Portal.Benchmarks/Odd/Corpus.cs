using System.IO.Compression;
using System.Text.Json;

namespace Portal.Benchmarks.Odd;

/// <summary>Every request that was ever answered wrongly, a line each: sent again in every run.</summary>
internal static class Corpus
{
    private static readonly JsonSerializerOptions Lines = new(JsonSerializerDefaults.Web);

    public static async Task<IReadOnlyList<OddRequest>> ReadAsync(string file) =>
        [.. (await File.ReadAllLinesAsync(file)).Where(line => line.Length > 0).Select(line => JsonSerializer.Deserialize<Kept>(line, Lines)!.ToRequest())];

    public static Task AddAsync(string file, IEnumerable<OddRequest> requests) => File.AppendAllLinesAsync(file, requests.Select(r => JsonSerializer.Serialize(Kept.Of(r), Lines)));

    // Some bodies are megabytes of one letter.
    private sealed record Kept(string Who, string Head, string Body)
    {
        public OddRequest ToRequest()
        {
            using var unpacked = new MemoryStream();
            using (var body = new BrotliStream(new MemoryStream(Convert.FromBase64String(Body)), CompressionMode.Decompress))
                body.CopyTo(unpacked);
            return new(Who, Head, unpacked.ToArray());
        }

        public static Kept Of(OddRequest request)
        {
            using var packed = new MemoryStream();
            using (var body = new BrotliStream(packed, CompressionLevel.Optimal, leaveOpen: true))
                body.Write(request.Body);
            return new(request.Who, request.Head, Convert.ToBase64String(packed.ToArray()));
        }
    }
}
