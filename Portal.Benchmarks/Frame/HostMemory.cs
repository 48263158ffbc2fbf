using System.Globalization;

namespace Portal.Benchmarks.Frame;

/// <summary>What <c>GET /gc</c> answers after a full collection: <c>heapBytes rssBytes</c>.</summary>
internal readonly record struct HostMemory(long HeapBytes, long RssBytes)
{
    public static HostMemory Parse(string answer)
    {
        var parts = answer.Split(' ');
        return new(long.Parse(parts[0], CultureInfo.InvariantCulture), long.Parse(parts[1], CultureInfo.InvariantCulture));
    }
}
