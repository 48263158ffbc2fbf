using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Portal.Components.Ui;

/// <summary>What was loaded for the first HTML is handed to the live page, so that nothing is loaded twice.</summary>
public static class HandoverExtensions
{
    /// <summary>What a browser may bring at once: all that a page is handed, and whatever is typed into its largest field.</summary>
    public const int MostInAMessage = 256 * 1024;

    private const int MostBytes = 32 * 1024;

    private static readonly ConditionalWeakTable<PersistentComponentState, HashSet<string>> Named = [];

    public static async Task<T> OnceAsync<T>(this PersistentComponentState handover, string name, Func<Task<T>> load)
        where T : class
    {
        if (handover.TryTakeFromJson<T>(name, out var loaded) && loaded is not null)
            return loaded;
        var fresh = await load();

        // A part that is drawn twice on one page loads twice and is handed over once.
        if (Named.GetOrCreateValue(handover).Add(name))
        {
            handover.RegisterOnPersisting(() =>
            {
                handover.Hand(name, fresh);
                return Task.CompletedTask;
            }, RenderMode.InteractiveServer);
        }

        return fresh;
    }

    /// <summary>What is large is loaded again instead: it would travel there and back, and a browser may only bring so much.</summary>
    public static void Hand<T>(this PersistentComponentState handover, string name, T value)
    {
        if (JsonSerializer.SerializeToUtf8Bytes(value, JsonSerializerOptions.Web).Length <= MostBytes)
            handover.PersistAsJson(name, value);
    }
}
