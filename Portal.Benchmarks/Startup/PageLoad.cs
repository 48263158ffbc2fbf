namespace Portal.Benchmarks.Startup;

/// <summary>One first visit to a page. WebSocket frames are not requests and are not counted.</summary>
internal sealed record PageLoad(long TransferredBytes, int Requests, TimeSpan InteractiveAfter);
