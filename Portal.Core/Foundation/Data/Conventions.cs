namespace Portal.Core.Foundation;

/// <summary>What holds for every table, so that no room has to say it.</summary>
internal static class Conventions
{
    private const int LongestWord = 400;

    public static void Configure(ModelConfigurationBuilder conventions)
    {
        conventions.Properties<DateTime>().HaveConversion<Utc>();
        conventions.Properties<Enum>().HaveConversion<string>().HaveMaxLength(32);
        conventions.Properties<string>().HaveMaxLength(LongestWord);
        conventions.Properties<decimal>().HavePrecision(18, 6);
    }

    public static void Apply(ModelBuilder model)
    {
        foreach (var type in model.Model.GetEntityTypes())
        {
            // Nothing is deleted by a side effect; and SQL Server refuses several cascade paths.
            foreach (var key in type.GetForeignKeys().Where(k => !k.IsOwnership))
                key.DeleteBehavior = DeleteBehavior.Restrict;
            if (typeof(IVersioned).IsAssignableFrom(type.ClrType))
                type.FindProperty(nameof(IVersioned.Version))!.IsConcurrencyToken = true;
        }
    }
}
