using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Portal.Components.Ui;

/// <summary>What was loaded for the first HTML is handed to the live page, so that nothing is loaded twice.</summary>
public static class HandoverExtensions
{
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
                handover.PersistAsJson(name, fresh);
                return Task.CompletedTask;
            }, RenderMode.InteractiveServer);
        }

        return fresh;
    }
}
