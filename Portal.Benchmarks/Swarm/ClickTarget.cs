namespace Portal.Benchmarks.Swarm;

/// <summary>The button that is clicked: the first <c>onclick</c> of the page, followed when a render replaces its handler.</summary>
internal sealed class ClickTarget
{
    private const string Mouse = """{"detail":1,"screenX":0,"screenY":0,"clientX":0,"clientY":0,"button":0,"buttons":0,"ctrlKey":false,"shiftKey":false,"altKey":false,"metaKey":false,"type":"click"}""";

    private ulong handler;

    public bool IsKnown => handler != 0;

    /// <summary>The arguments of <c>DispatchEventAsync</c>.</summary>
    public string Click { get; private set; } = "";

    public void Follow(RenderBatch batch)
    {
        if (IsKnown && !batch.Disposes(handler))
            return;
        handler = batch.FindHandler("onclick");
        Click = $$"""[{"eventHandlerId":{{handler}},"eventName":"click","eventFieldInfo":null},{{Mouse}}]""";
    }
}
