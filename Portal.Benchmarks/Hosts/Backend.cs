namespace Portal.Benchmarks.Hosts;

/// <summary>One of the hosts as the proxy sees it.</summary>
internal sealed class Backend(Uri url)
{
    private int served;

    public Uri Url { get; } = url;

    public bool IsUp { get; set; }

    public int Served => served;

    public void Count() => Interlocked.Increment(ref served);
}
