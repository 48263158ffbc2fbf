using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Core.Foundation;

internal sealed class ClientTable : IEntityTypeConfiguration<Client>
{
    public void Configure(EntityTypeBuilder<Client> builder)
    {
        builder.Property(c => c.Name).HasMaxLength(200).UsePropertyAccessMode(PropertyAccessMode.Property);
        builder.Property(c => c.SearchName).HasMaxLength(200);
        builder.Property(c => c.CurrencyCode).HasMaxLength(3);
        builder.Property(c => c.ZoneId).HasMaxLength(64);
        builder.HasIndex(c => c.SearchName);
    }
}

internal sealed class AccessTable : IEntityTypeConfiguration<Access>
{
    public void Configure(EntityTypeBuilder<Access> builder)
    {
        builder.HasIndex(a => new { a.UserId, a.ClientId, a.Service }).IsUnique();
        builder.HasIndex(a => new { a.ClientId, a.UserId });
        builder.HasOne<PortalUser>().WithMany().HasForeignKey(a => a.UserId);
        builder.HasOne<Client>().WithMany().HasForeignKey(a => a.ClientId);
    }
}

internal sealed class UserTable : IEntityTypeConfiguration<PortalUser>
{
    public void Configure(EntityTypeBuilder<PortalUser> builder)
    {
        builder.ToTable("Users");
        builder.Property(u => u.FullName).HasMaxLength(200);
        builder.Property(u => u.ZoneId).HasMaxLength(64);
        builder.HasIndex(u => new { u.Role, u.IsActive });
    }
}

internal sealed class LoginTable : IEntityTypeConfiguration<IdentityUserLogin<long>>
{
    // SQL Server takes 900 bytes in a clustered key.
    public void Configure(EntityTypeBuilder<IdentityUserLogin<long>> builder)
    {
        builder.Property(l => l.LoginProvider).HasMaxLength(128);
        builder.Property(l => l.ProviderKey).HasMaxLength(128);
    }
}

internal sealed class TokenTable : IEntityTypeConfiguration<IdentityUserToken<long>>
{
    public void Configure(EntityTypeBuilder<IdentityUserToken<long>> builder)
    {
        builder.Property(t => t.LoginProvider).HasMaxLength(128);
        builder.Property(t => t.Name).HasMaxLength(128);
    }
}
