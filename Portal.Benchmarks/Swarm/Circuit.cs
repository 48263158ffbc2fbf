using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Portal.Benchmarks.Frame;

namespace Portal.Benchmarks.Swarm;

/// <summary>One open page: what blazor.web.js does over its socket, without a browser.</summary>
internal sealed class Circuit : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HubSocket hub;
    private readonly ClickTarget target = new();
    private readonly TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource interactive = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource<long>? rendered;
    private long rendererObject;
    private long calls;

    private Circuit(HubSocket hub) => this.hub = hub;

    public bool IsOpen => Failure is null;

    /// <summary>Why the circuit ended, when it did not end by us.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>GETs the page, connects, and returns when the first interactive render has been acknowledged.</summary>
    public static async Task<Circuit> OpenAsync(HttpClient client, string path)
    {
        using var patience = new CancellationTokenSource(Patience);
        var page = await PrerenderedPage.GetAsync(client, path, patience.Token);
        var site = client.BaseAddress!;
        var circuit = new Circuit(await HubSocket.ConnectAsync(site, client.DefaultRequestHeaders.TryGetValues("Cookie", out var cookies) ? cookies.Single() : null, patience.Token));
        try
        {
            _ = circuit.ListenAsync();
            await circuit.SendAsync("0", "StartCircuit", site.ToString(), new Uri(site, path).ToString(), "[]", page.State);
            await circuit.started.Task.WaitAsync(patience.Token);
            await circuit.SendAsync(null, "UpdateRootComponents", page.RootOperations, page.State);
            await circuit.interactive.Task.WaitAsync(patience.Token);
            return circuit;
        }
        catch (Exception problem)
        {
            circuit.Dispose();
            throw new BenchmarkException($"No circuit with something to click on {path}: {circuit.Failure?.Message ?? problem.Message}", problem);
        }
    }

    /// <returns>From sending the click until its render arrived.</returns>
    public async Task<TimeSpan> ClickAsync()
    {
        var answer = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref rendered, answer);
        try
        {
            var began = Stopwatch.GetTimestamp();
            await SendAsync(null, "BeginInvokeDotNetFromJS", (++calls).ToString(CultureInfo.InvariantCulture), null, "DispatchEventAsync", rendererObject, target.Click);
            return Stopwatch.GetElapsedTime(began, await answer.Task.WaitAsync(Patience));
        }
        catch (Exception problem)
        {
            throw new BenchmarkException($"A click was not answered: {Failure?.Message ?? problem.Message}", problem);
        }
    }

    public Task PingAsync() => IsOpen ? hub.SendAsync(HubMessage.Ping) : Task.CompletedTask;

    public void Dispose() => hub.Dispose();

    private async Task ListenAsync()
    {
        try
        {
            await hub.ReceiveAsync(HandleAsync);
        }
        catch (Exception problem)
        {
            Failure = problem;
            started.TrySetException(problem);
            interactive.TrySetException(problem);
            Volatile.Read(ref rendered)?.TrySetException(problem);
        }
    }

    private Task HandleAsync(ReadOnlyMemory<byte> message)
    {
        var reader = new PackReader(message.Span);
        reader.ReadArrayLength();
        switch (reader.ReadInteger())
        {
            case HubMessage.Invocation:
                return ObeyAsync(ref reader);
            case HubMessage.Completion:
                NoteStarted(ref reader);
                break;
            case HubMessage.CloseType:
                throw new IOException($"The hub closed the circuit: {reader.ReadText()}");
        }

        return Task.CompletedTask;
    }

    // Only StartCircuit awaits its answer: the circuit's id, or null when the server would not start it.
    private void NoteStarted(ref PackReader reader)
    {
        const int failed = 1, withResult = 3;
        reader.SkipHeaders();
        reader.ReadText();
        var kind = reader.ReadInteger();
        if (kind == failed || kind != withResult || reader.ReadText() is null)
            throw new IOException($"StartCircuit was refused{(kind == failed ? $": {reader.ReadText()}" : ".")}");
        started.TrySetResult();
    }

    private Task ObeyAsync(ref PackReader reader)
    {
        reader.SkipHeaders();
        reader.ReadText();
        var method = reader.ReadText();
        reader.ReadArrayLength();
        return method switch
        {
            "JS.RenderBatch" => RenderAsync(reader.ReadInteger(), new RenderBatch(reader.ReadBytes())),
            "JS.BeginInvokeJS" => CallScriptAsync(reader.ReadInteger(), reader.ReadText() ?? "", reader.ReadText() ?? ""),
            "JS.EndInvokeDotNet" => NoteDispatched(ref reader),
            "JS.Error" => throw new IOException($"The circuit failed: {reader.ReadText()}"),
            _ => Task.CompletedTask,
        };
    }

    private async Task AcknowledgeAsync(long batch, TaskCompletionSource<long>? waiting, long arrived)
    {
        await SendAsync(null, "OnRenderCompleted", batch, null);
        waiting?.TrySetResult(arrived);
        NoteInteractive();
    }

    private Task RenderAsync(long id, RenderBatch batch)
    {
        var arrived = Stopwatch.GetTimestamp();
        target.Follow(batch);
        return AcknowledgeAsync(id, Interlocked.Exchange(ref rendered, null), arrived);
    }

    private async Task CallScriptAsync(long call, string function, string arguments)
    {
        // Hands over the object whose DispatchEventAsync takes the page's events.
        if (function.EndsWith("attachWebRendererInterop", StringComparison.Ordinal))
        {
            using var json = JsonDocument.Parse(arguments);
            rendererObject = json.RootElement[1].GetProperty("__dotNetObject").GetInt64();
            NoteInteractive();
        }

        if (call != 0)
            await SendAsync(null, "EndInvokeJSFromDotNet", call, true, $"[{call},true,null]");
    }

    private static Task NoteDispatched(ref PackReader reader)
    {
        reader.ReadText();
        return reader.ReadBoolean() ? Task.CompletedTask : throw new IOException($"The click failed: {reader.ReadText()}");
    }

    private void NoteInteractive()
    {
        if (target.IsKnown && rendererObject != 0)
            interactive.TrySetResult();
    }

    private Task SendAsync(string? id, string method, params ReadOnlySpan<object?> arguments) => hub.SendAsync(HubMessage.Invoke(id, method, arguments));
}
